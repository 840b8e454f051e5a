import type { FeedPost, Viewer } from '@venuekit/core'
import type { RowProblem } from './feedRow.ts'

/** A post of this visitor that the server has not taken yet. */
export interface Draft {
  readonly clientId: string
  readonly text: string
  /** What to show while the feed itself holds no row for it. */
  readonly post: FeedPost
  /** Null while it is being sent. */
  readonly problem: RowProblem | null
}

interface DraftFacts {
  clientId: string
  text: string
  feedId: string
  viewer: Viewer
  createdAt: Date
}

/** A draft as it is before its first try. */
export const createDraft = ({ clientId, text, feedId, viewer, createdAt }: DraftFacts): Draft => ({
  clientId,
  text,
  problem: null,
  post: {
    id: clientId,
    clientId,
    feedId,
    author: { id: viewer.id, name: viewer.name, avatarUrl: viewer.avatarUrl ?? null },
    text,
    media: [],
    createdAt: createdAt.toISOString(),
    pinnedAt: null,
    reactions: { count: 0, mine: false },
    canDelete: true,
    position: '',
    version: 0,
    pending: true,
  },
})
