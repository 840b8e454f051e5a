import type { FeedInfoSnapshot, Viewer } from '@venuekit/core'
import type { StoragePolicy } from '@venuekit/core/element'
import { type ComponentType, createContext, type RefObject } from 'preact'
import { useContext } from 'preact/hooks'
import type { ActionNews, PostActions } from '../acting/PostActions.ts'
import type { FeedRow, RowProblem } from '../feedRow.ts'
import type { FeedMessages } from '../messages.ts'
import type { FeedModel } from '../model.ts'
import type { Ticker } from '../ticker.ts'

/** What only a signed-in viewer needs. */
export interface Writing {
  readonly Composer: ComponentType<{ viewer: Viewer }>
  /** Of the text that was being written in that feed nothing stays on the device. */
  forgetText(feedId: string): void
}

/** The parts that do something about posts. */
interface ActingParts {
  readonly Dock: ComponentType
  readonly NewPosts: ComponentType<{ list: RefObject<HTMLElement | null>; rows: readonly FeedRow[] }>
  readonly PostEnd: ComponentType<{ row: FeedRow }>
  readonly PostGap: ComponentType<{ row: FeedRow }>
  readonly PostMenu: ComponentType<{ row: FeedRow }>
  readonly PostProblem: ComponentType<{ row: FeedRow; problem: RowProblem }>
}

/** What loads after the first paint. */
export interface Acting {
  readonly styles: readonly string[]
  readonly parts: ActingParts
  createActions(model: FeedModel, news: ActionNews): PostActions
}

/** What every part of the view needs: the model to call, the words and the clock. */
export interface FeedSurface {
  readonly model: FeedModel
  readonly messages: FeedMessages
  readonly locale: string
  readonly storage: StoragePolicy
  readonly direction: 'ltr' | 'rtl'
  readonly ticker: Ticker
  /** Null until it has loaded, and while nobody is signed in. */
  readonly writing: Writing | null
  readonly loadWriting: () => void
  /** Both null until they have loaded. */
  readonly acting: ActingParts | null
  readonly actions: PostActions | null
  /** What the feed offers and allows, as far as that is known. */
  readonly offer: FeedInfoSnapshot
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
