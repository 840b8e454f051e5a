import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { FeedMessages } from '../messages.ts'
import type { FeedModel } from '../model.ts'
import type { Ticker } from '../ticker.ts'

/** What every part of the view needs: the model to call, the words and the clock. */
export interface FeedSurface {
  readonly model: FeedModel
  readonly messages: FeedMessages
  readonly locale: string
  readonly direction: 'ltr' | 'rtl'
  readonly ticker: Ticker
  /** Asks the page to sign the visitor in; false where it does not take care of it. */
  readonly requireViewer: () => boolean
}

export const FeedContext = createContext<FeedSurface | null>(null)

export const useFeed = (): FeedSurface => {
  const surface = useContext(FeedContext)
  if (!surface) throw new Error('A part of the feed was rendered outside <Feed>.')
  return surface
}
