import type { AdminFeed, Author, Post, ReportedPost } from '@venuekit/core/contracts'

type NotFound = { outcome: 'not_found' }
type BadCursor = { outcome: 'bad_cursor' }

/** What changed in a feed, as all see it; whoever has taken it in goes on from its cursor. */
export type FeedChange = { cursor: string; venueId: string; feedId: string; postId: string } & (
  | { kind: 'post'; post: Post }
  | { kind: 'removed'; clientId: string | null }
)

/** Why a new post may not take the upload at `place` of its media. */
type MediaFault =
  | { outcome: 'media_not_found' | 'media_taken' | 'media_switched_off' | 'second_video'; place: number; kind: string }
  | { outcome: 'media_rejected'; place: number; rejection: { detail: string } }

export interface FeedFunctions {
  /** Idempotent by the feed's id; another feed under it is a conflict. */
  'feed.create_feed': {
    args: { feed_id: string; venue_id: string; name: string }
    result: { outcome: 'created' | 'exists'; feed: AdminFeed } | { outcome: 'conflict' | 'no_venue' }
  }
  'feed.list_feeds': {
    args: { venue_id: string | null; cursor: string | null; page_size: number }
    result: { outcome: 'found'; items: AdminFeed[]; nextCursor: string | null } | BadCursor
  }
  'feed.get_feed': {
    args: { feed_id: string; venue_id: string }
    result: { outcome: 'found'; feed: { id: string; name: string } } | NotFound
  }
  /** Answers deleted posts' feeds too. */
  'feed.find_post_feed': {
    args: { post_id: string; venue_id: string }
    result: { outcome: 'found'; feedId: string } | NotFound
  }
  /** Newest first, pinned above all. Cursors end after a week. */
  'feed.list_posts': {
    args: {
      feed_id: string
      venue_id: string
      viewer_id: string | null
      moderator: boolean
      cursor: string | null
      page_size: number
    }
    result:
      | { outcome: 'found'; items: Post[]; nextCursor: string | null }
      | { outcome: 'cursor_expired' }
      | BadCursor
      | NotFound
  }
  /** Idempotent by (feed, author, client id): another body under it answers `idempotency_conflict`. */
  'feed.create_post': {
    args: {
      feed_id: string
      venue_id: string
      post_id: string
      client_id: string
      author: Author
      moderator: boolean
      text: string
      media: readonly { uploadId: string; alt: string | null }[]
      /** The kinds of media that the feed takes just now. */
      media_kinds: readonly ('image' | 'video')[]
      request_hash: string
    }
    result:
      | { outcome: 'created' | 'replayed'; post: Post }
      | { outcome: 'idempotency_conflict' }
      | MediaFault
      | NotFound
  }
  /** By its author, or by a moderator. Deleting again answers `deleted`. */
  'feed.delete_post': {
    args: { post_id: string; venue_id: string; viewer_id: string; moderator: boolean }
    result: { outcome: 'deleted' | 'forbidden' } | NotFound
  }
  /** The state desired; a deleted post is not found. */
  'feed.set_reaction': {
    args: { post_id: string; venue_id: string; viewer_id: string; moderator: boolean; reacted: boolean }
    result: { outcome: 'set'; post: Post } | NotFound
  }
  /** Asks nobody's role. */
  'feed.pin_post': {
    args: { post_id: string; venue_id: string; viewer_id: string; pinned: boolean }
    result: { outcome: 'set'; post: Post } | NotFound
  }
  /** Once per viewer and post. */
  'feed.report_post': {
    args: {
      post_id: string
      venue_id: string
      report_id: string
      viewer_id: string
      viewer_name: string
      reason: string
      note: string | null
    }
    result: { outcome: 'reported' | 'replayed' } | NotFound
  }
  'feed.list_reports': {
    args: { feed_id: string; status: 'open' | 'resolved'; cursor: string | null; page_size: number }
    result: { outcome: 'found'; items: ReportedPost[]; nextCursor: string | null } | BadCursor | NotFound
  }
  /** What was removed cannot be kept. */
  'feed.resolve_reports': {
    args: { feed_id: string; post_id: string; decision: 'keep' | 'remove'; actor: string; note: string | null }
    result: { outcome: 'resolved'; case: ReportedPost } | { outcome: 'removed_already' } | NotFound
  }
  /**
   * What changed in all feeds after the cursor, each post once in its newest state, and up to where that is; null reads
   * nothing and answers where to begin. `reset`: the cursor is older than what is kept (an hour).
   */
  'feed.read_changes': {
    args: { after: string | null; page_size: number }
    result:
      | { outcome: 'read'; changes: FeedChange[]; cursor: string; more: boolean }
      | { outcome: 'reset'; cursor: string }
      | BadCursor
  }
  /** Where to begin to be told of everything that changed in the last so many seconds. */
  'feed.begin_changes': { args: { seconds: number }; result: { cursor: string } }
  'feed.purge_changes': { args: Record<never, never>; result: { removed: number } }
}
