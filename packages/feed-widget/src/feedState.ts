import type { Viewer } from '@venuekit/core'
import type { FeedRow } from './feedRow.ts'
import type { FeedMessages } from './messages.ts'

/** What lies below the last post: nothing, a page to load, one on its way, or one that failed to come. */
export type MoreState = 'none' | 'idle' | 'loading' | 'failed'

/** Something for screen readers; the number tells two of the same apart. */
interface Announcement {
  readonly say: (messages: FeedMessages) => string
  readonly number: number
}

/** All that the view shows. */
export interface FeedState {
  readonly phase: 'loading' | 'failed' | 'ready'
  /** Why it failed; a VenueKit error code. */
  readonly errorCode: string | null
  readonly rows: readonly FeedRow[]
  readonly more: MoreState
  readonly viewer: Viewer | null
  readonly announcement: Announcement | null
  /** Client id of the post that was written here last. */
  readonly written: string | null
  /** How many new posts wait while somebody reads. */
  readonly heldCount: number
  /** The server cannot be reached just now; what was done waits. */
  readonly isOffline: boolean
}
