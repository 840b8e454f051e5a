import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { OperationsModel } from '../model/OperationsModel.ts'
import type { Store } from '../model/Store.ts'
import { useStore } from '../model/useStore.ts'

interface PageParts {
  model: OperationsModel
  /** This device's clock, renewed every second. */
  clock: Store<number>
}

const Context = createContext<PageParts | null>(null)

export const PageProvider = Context.Provider

const usePage = (): PageParts => {
  const parts = useContext(Context)
  if (!parts) throw new Error('No page around this part.')
  return parts
}

export const useModel = (): OperationsModel => usePage().model

/** This device's time, every second. */
export const useClock = (): number => useStore(usePage().clock)

/** The server's time, as far as it is known. */
export const useServerNow = (): number => {
  const { model } = usePage()
  return useClock() + useStore(model.aheadMs)
}

/** The host's zone; UTC until it is known. */
export const useTimeZone = (): string => useStore(useModel().overview.store).data?.timeZone ?? 'UTC'
