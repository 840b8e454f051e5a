import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useReducer, useState } from 'preact/hooks'
import type { FeedRow } from '../feedRow.ts'
import type { LongList } from '../window/LongList.ts'
import type { WindowItem } from '../window/RowWindow.ts'

/** A list that grows beyond this many rows is about to be long. */
const short = 40
/** How many rows stand in while what shows long lists is on its way. */
const standIn = 100

interface ShownRows {
  readonly items: readonly WindowItem[]
  /** Every row is in the page. */
  readonly isWhole: boolean
  /** Puts the rows of a space into the page and the focus on the first or last of them. */
  reveal(space: Element, end: 'first' | 'last'): void
}

/** The rows to render; `list` has them as its children, in their order. What long lists need loads with the first one. */
export const useLongList = (list: RefObject<Element | null>, rows: readonly FeedRow[]): ShownRows => {
  const [, repaint] = useReducer((count: number) => count + 1, 0)
  const [long, setLong] = useState<LongList | 'missing' | null>(() =>
    typeof IntersectionObserver === 'undefined' ? 'missing' : null,
  )
  const isNeeded = long === null && rows.length > short
  const loaded = long === 'missing' ? null : long

  useEffect(() => {
    if (!isNeeded) return
    let ended = false
    import('../window/LongList.ts')
      .then(found => ended || setLong(new found.LongList(() => repaint(undefined))))
      .catch(() => ended || setLong('missing'))
    return () => {
      ended = true
    }
  }, [isNeeded])
  useLayoutEffect(() => {
    if (list.current) loaded?.painted(list.current)
  })
  useEffect(() => () => loaded?.end(), [loaded])

  const plain = () => (long === 'missing' ? rows : rows.slice(0, standIn)).map(itemOf)
  return {
    items: loaded?.items(list.current, rows) ?? plain(),
    isWhole: loaded?.isWhole ?? true,
    reveal: (space, end) => loaded?.reveal(space, end),
  }
}

const itemOf = (row: FeedRow, index: number): WindowItem => ({ key: row.key, chunk: 0, row, index })
