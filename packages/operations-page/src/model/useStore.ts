import { useEffect, useReducer } from 'preact/hooks'
import type { Store } from './Store.ts'

/** The store's value; draws the component again when it was replaced. */
export const useStore = <Value>(store: Store<Value>): Value => {
  const [, redraw] = useReducer<number, undefined>(count => count + 1, 0)
  useEffect(() => {
    // What came between the first drawing and now is seen as well.
    redraw(undefined)
    return store.subscribe(() => redraw(undefined))
  }, [store])
  return store.value
}
