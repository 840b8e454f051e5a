import type { FeedGap, FeedPost } from '@venuekit/core'

/** What failed about a post, and whether trying again may help. */
export interface RowProblem {
  readonly action: 'create' | 'delete'
  /** A VenueKit error code. */
  readonly code: string
  readonly canRetry: boolean
}

/** One post as it is shown. The same post in the same condition is the same object. */
export interface FeedRow {
  /** `clientId ?? id`: the same before and after the server's answer. */
  readonly key: string
  readonly post: FeedPost
  /** `waiting`: it is sent when the server can be reached again. */
  readonly delivery: 'sent' | 'sending' | 'waiting' | 'failed'
  readonly problem: RowProblem | null
  /** Posts are missing under this one. */
  readonly gap: FeedGap | null
}

export const isSameRow = (one: FeedRow, other: FeedRow): boolean =>
  one.post === other.post &&
  one.delivery === other.delivery &&
  one.problem === other.problem &&
  one.gap?.rank === other.gap?.rank
