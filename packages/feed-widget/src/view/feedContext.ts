import type { Viewer } from '@venuekit/core'
import { type ComponentType, createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { FeedRow, RowProblem } from '../feedRow.ts'
import type { FeedMessages } from '../messages.ts'
import type { FeedModel } from '../model.ts'
import type { Ticker } from '../ticker.ts'

/** The parts that load on demand. */
export interface Writing {
  readonly Composer: ComponentType<{ viewer: Viewer }>
  readonly DeletePost: ComponentType<{ row: FeedRow }>
  readonly PostProblem: ComponentType<{ row: FeedRow; problem: RowProblem }>
}

/** What every part of the view needs: the model to call, the words and the clock. */
export interface FeedSurface {
  readonly model: FeedModel
  readonly messages: FeedMessages
  readonly locale: string
  readonly direction: 'ltr' | 'rtl'
  readonly ticker: Ticker
  /** Null until it has loaded, and while nobody is signed in. */
  readonly writing: Writing | null
  readonly loadWriting: () => void
  /** Adds the style sheets of a part that was loaded later. */
  readonly addStyles: (styles: readonly string[]) => void
  /** Asks the page to sign the visitor in; false where it does not take care of it. */
  readonly requireViewer: () => boolean
}

export const FeedContext = createContext<FeedSurface | null>(null)

export const useFeed = (): FeedSurface => {
  const surface = useContext(FeedContext)
  if (!surface) throw new Error('A part of the feed was rendered outside <Feed>.')
  return surface
}
