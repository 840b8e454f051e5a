import type { AdminFeed, FeedInfo, NewFeed, Page } from '@venuekit/core/contracts'
import type { PublishableKey } from '../ports/venuekitFunctions.ts'
import type { Viewer } from '../ports/viewer.ts'
import type { PageRequest } from './events.ts'
import { isModerator } from './isModerator.ts'
import type { KitContext } from './kitContext.ts'
import { badCursor, fromPageCursor, toPageCursor } from './pageCursor.ts'
import { postLimits } from './postLimits.ts'
import { ProblemError } from './problemError.ts'

const defaultPageSize = 20

/** What the feed offers, what a post may hold, and what this viewer may do. */
export const getFeed = async (
  context: KitContext,
  feedId: string,
  { key, viewer }: { key: PublishableKey; viewer: Viewer | null },
): Promise<{ feed: FeedInfo }> => {
  const answer = await context.database.call('feed.get_feed', { feed_id: feedId, venue_id: key.venueId })
  if (answer.outcome === 'not_found') throw new ProblemError('not_found', { detail: 'No such feed.' })
  const features = await context.features.read({ feedId, venueId: key.venueId })
  const permissions = { post: viewer !== null, moderate: isModerator(viewer) }
  return { feed: { ...answer.feed, features, limits: postLimits, permissions } }
}

/** Idempotent by the feed's id. Throws `conflict` where that id stands for another feed. */
export const createFeed = async (context: KitContext, feed: NewFeed): Promise<{ feed: AdminFeed }> => {
  const answer = await context.database.call('feed.create_feed', {
    feed_id: feed.id,
    venue_id: feed.venueId,
    name: feed.name,
  })
  if ('feed' in answer) return { feed: answer.feed }
  throw answer.outcome === 'conflict'
    ? new ProblemError('conflict', { detail: 'Another feed has this id already.' })
    : new ProblemError('invalid_request', { fields: { venueId: 'no such venue' } })
}

/** The feeds of all venues or of one, each with the number of reported posts that wait. */
export const listFeeds = async (
  context: KitContext,
  { venueId, cursor, limit = defaultPageSize }: PageRequest & { venueId?: string | undefined },
): Promise<Page<AdminFeed>> => {
  const list = `feeds:${venueId ?? 'all'}` as const
  const answer = await context.database.call('feed.list_feeds', {
    venue_id: venueId ?? null,
    cursor: fromPageCursor(list, cursor),
    page_size: limit,
  })
  if (answer.outcome === 'bad_cursor') throw badCursor()
  return { items: answer.items, nextCursor: toPageCursor(list, answer.nextCursor) }
}
