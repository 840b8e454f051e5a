import type { Author, Post } from '@venuekit/core/contracts'

type NotFound = { outcome: 'not_found' }

export interface FeedFunctions {
  'feed.create_feed': {
    args: { feed_id: string; venue_id: string; name: string }
    result: { outcome: 'created' | 'exists' }
  }
  /** Newest first, pinned above all. `cursor` is the position of the previous page's last post. */
  'feed.list_posts': {
    args: { feed_id: string; venue_id: string; viewer_id: string | null; cursor: string | null; page_size: number }
    result: { outcome: 'found'; items: Post[]; nextCursor: string | null } | { outcome: 'bad_cursor' } | NotFound
  }
  /** Idempotent by (feed, author, client id): another body under it answers `idempotency_conflict`. */
  'feed.create_post': {
    args: {
      feed_id: string
      venue_id: string
      post_id: string
      client_id: string
      author: Author
      text: string
      request_hash: string
    }
    result: { outcome: 'created' | 'replayed'; post: Post } | { outcome: 'idempotency_conflict' } | NotFound
  }
  /** By its author, or by a moderator. Deleting again answers `deleted`. */
  'feed.delete_post': {
    args: { post_id: string; venue_id: string; viewer_id: string; moderator: boolean }
    result: { outcome: 'deleted' | 'forbidden' } | NotFound
  }
}
