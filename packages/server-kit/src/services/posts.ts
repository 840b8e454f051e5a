import type { CreatePostRequest, Page, Post, PostResponse } from '@venuekit/core/contracts'
import type { PublishableKey } from '../ports/venuekitFunctions.ts'
import type { Viewer } from '../ports/viewer.ts'
import type { PageRequest } from './events.ts'
import type { KitContext } from './kitContext.ts'
import { badCursor, fromPageCursor, toPageCursor } from './pageCursor.ts'
import { ProblemError } from './problemError.ts'
import { requestHash } from './requestHash.ts'

/** Who posts, and at which venue. */
export interface Posting {
  key: PublishableKey
  viewer: Viewer
}

const defaultPageSize = 20
const noFeed = (): ProblemError => new ProblemError('not_found', { detail: 'No such feed.' })

/** A page of the feed as the viewer sees it, newest first. */
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
    cursor: fromPageCursor(list, cursor),
    page_size: limit,
  })
  if (answer.outcome === 'not_found') throw noFeed()
  if (answer.outcome === 'bad_cursor') throw badCursor()
  return { items: answer.items, nextCursor: toPageCursor(list, answer.nextCursor) }
}

/** `clientId` is the idempotency key: the same post again answers the first one. */
export const createPost = async (
  context: KitContext,
  feedId: string,
  body: CreatePostRequest,
  { key, viewer }: Posting,
): Promise<PostResponse> => {
  if (body.media?.length) {
    throw new ProblemError('invalid_request', { fields: { media: 'uploads are not available: post text alone' } })
  }
  const answer = await context.database.call('feed.create_post', {
    feed_id: feedId,
    venue_id: key.venueId,
    post_id: crypto.randomUUID(),
    client_id: body.clientId,
    author: { id: viewer.id, name: viewer.name, avatarUrl: viewer.avatarUrl },
    text: body.text,
    request_hash: await requestHash({ text: body.text }),
  })
  if (answer.outcome === 'not_found') throw noFeed()
  if (answer.outcome === 'idempotency_conflict') {
    throw new ProblemError('idempotency_conflict', { detail: 'Another post was made under this clientId.' })
  }
  return { post: answer.post }
}

/** By its author or a moderator. Deleting again is no error. */
export const deletePost = async (context: KitContext, postId: string, { key, viewer }: Posting): Promise<undefined> => {
  const answer = await context.database.call('feed.delete_post', {
    post_id: postId,
    venue_id: key.venueId,
    viewer_id: viewer.id,
    moderator: viewer.roles.includes('moderator') || viewer.roles.includes('host'),
  })
  if (answer.outcome === 'not_found') throw new ProblemError('not_found', { detail: 'No such post.' })
  if (answer.outcome === 'forbidden') {
    throw new ProblemError('forbidden', { detail: 'Only its author or a moderator may delete a post.' })
  }
}
