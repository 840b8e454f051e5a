import type { FeedPost, Viewer } from '@venuekit/core'
import type { MediaItem } from '@venuekit/core/contracts'
import type { RowProblem } from './feedRow.ts'

/** An image or video to post: what its row shows of it, its own upload's id in it. */
export interface DraftMedia {
  /** As `createPost` names it. */
  readonly named: { readonly uploadId: string; readonly alt?: string }
  readonly item: MediaItem
  /** Address of the blob that is shown until the server's own can be; null where the page's policy refuses it. */
  readonly previewUrl: string | null
  /** Gives its upload up: the post will never be. */
  discard(): void
}

/** A post of this visitor that the server has not taken yet. */
export interface Draft {
  readonly clientId: string
  readonly text: string
  readonly media: readonly DraftMedia[]
  /** What to show while the feed itself holds no row for it. */
  readonly post: FeedPost
  /** Null while it is being sent. */
  readonly problem: RowProblem | null
}

interface DraftFacts {
  clientId: string
  text: string
  media: readonly DraftMedia[]
  feedId: string
  viewer: Viewer
  createdAt: Date
}

/** A draft as it is before its first try. */
export const createDraft = ({ clientId, text, media, feedId, viewer, createdAt }: DraftFacts): Draft => ({
  clientId,
  text,
  media,
  problem: null,
  post: {
    id: clientId,
    clientId,
    feedId,
    author: { id: viewer.id, name: viewer.name, avatarUrl: viewer.avatarUrl ?? null },
    text,
    media: media.map(({ item }) => item),
    createdAt: createdAt.toISOString(),
    pinnedAt: null,
    reactions: { count: 0, mine: false },
    canDelete: true,
    position: '',
    version: 0,
    pending: true,
  },
})
