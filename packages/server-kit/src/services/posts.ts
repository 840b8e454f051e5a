import type { Page, Post } from '@venuekit/core/contracts'
import type { PublishableKey } from '../ports/venuekitFunctions.ts'
import type { Viewer } from '../ports/viewer.ts'
import type { PageRequest } from './events.ts'
import { isModerator } from './isModerator.ts'
import type { KitContext } from './kitContext.ts'
import { badCursor, fromPageCursor, toPageCursor } from './pageCursor.ts'
import type { Posting } from './posting.ts'
import { ProblemError } from './problemError.ts'

const defaultPageSize = 20

/** A page of the feed as the viewer sees it, pinned posts first, then newest first. */
export const listPosts = async (
  context: KitContext,
  feedId: string,
  { cursor, limit = defaultPageSize }: PageRequest,
  { key, viewer }: { key: PublishableKey; viewer: Viewer | null },
): Promise<Page<Post>> => {
  const list = `posts:${feedId}` as const
  const answer = await context.database.call('feed.list_posts', {
    feed_id: feedId,
    venue_id: key.venueId,
    viewer_id: viewer?.id ?? null,
    moderator: isModerator(viewer),
    cursor: fromPageCursor(list, cursor),
    page_size: limit,
  })
  if (answer.outcome === 'not_found') throw new ProblemError('not_found', { detail: 'No such feed.' })
  if (answer.outcome === 'bad_cursor') throw badCursor()
  if (answer.outcome === 'cursor_expired') {
    throw new ProblemError('cursor_expired', { detail: 'A cursor lasts a week: begin again without it.' })
  }
  return { items: answer.items, nextCursor: toPageCursor(list, answer.nextCursor) }
}

/** By its author or a moderator. Deleting again is no error. */
export const deletePost = async (context: KitContext, postId: string, { key, viewer }: Posting): Promise<undefined> => {
  const answer = await context.database.call('feed.delete_post', {
    post_id: postId,
    venue_id: key.venueId,
    viewer_id: viewer.id,
    moderator: isModerator(viewer),
  })
  if (answer.outcome === 'not_found') throw new ProblemError('not_found', { detail: 'No such post.' })
  if (answer.outcome === 'forbidden') {
    throw new ProblemError('forbidden', { detail: 'Only its author or a moderator may delete a post.' })
  }
  context.live.wake()
}
