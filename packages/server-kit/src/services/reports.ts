import type { Page, ReportedPost, reportDecision, reportPostRequest } from '@venuekit/core/contracts'
import type * as z from 'zod/mini'
import { enforcePostingLimits } from './enforcePostingLimits.ts'
import type { PageRequest } from './events.ts'
import type { KitContext } from './kitContext.ts'
import { noPost } from './noPost.ts'
import { badCursor, fromPageCursor, toPageCursor } from './pageCursor.ts'
import type { Posting } from './posting.ts'
import { ProblemError } from './problemError.ts'

const defaultPageSize = 20

/** Puts a post before the moderators; a viewer's second report of it changes nothing. */
export const reportPost = async (
  context: KitContext,
  postId: string,
  { reason, note }: z.output<typeof reportPostRequest>,
  posting: Posting,
): Promise<undefined> => {
  const { key, viewer } = posting
  await enforcePostingLimits(context, 'reportPost', posting)
  const answer = await context.database.call('feed.report_post', {
    post_id: postId,
    venue_id: key.venueId,
    report_id: crypto.randomUUID(),
    viewer_id: viewer.id,
    viewer_name: viewer.name,
    reason,
    note: note?.trim() || null,
  })
  if (answer.outcome === 'not_found') throw noPost()
}

/** The feed's reported posts, those that wait for a decision unless asked for the decided ones. */
export const listReports = async (
  context: KitContext,
  feedId: string,
  { status = 'open', cursor, limit = defaultPageSize }: PageRequest & { status?: 'open' | 'resolved' | undefined },
): Promise<Page<ReportedPost>> => {
  const list = `reports:${feedId}:${status}` as const
  const answer = await context.database.call('feed.list_reports', {
    feed_id: feedId,
    status,
    cursor: fromPageCursor(list, cursor),
    page_size: limit,
  })
  if (answer.outcome === 'not_found') throw new ProblemError('not_found', { detail: 'No such feed.' })
  if (answer.outcome === 'bad_cursor') throw badCursor()
  return { items: answer.items, nextCursor: toPageCursor(list, answer.nextCursor) }
}

/** Keeps or removes a reported post; the actor is recorded. Throws `conflict` where a removed post is to be kept. */
export const resolveReports = async (
  context: KitContext,
  { feedId, postId }: { feedId: string; postId: string },
  { decision, actor, note }: z.output<typeof reportDecision>,
): Promise<{ report: ReportedPost }> => {
  const answer = await context.database.call('feed.resolve_reports', {
    feed_id: feedId,
    post_id: postId,
    decision,
    actor,
    note: note?.trim() || null,
  })
  if (answer.outcome === 'resolved') {
    context.live.wake()
    return { report: answer.case }
  }
  throw answer.outcome === 'removed_already'
    ? new ProblemError('conflict', { detail: 'The post was removed already: it cannot be kept.' })
    : new ProblemError('not_found', { detail: 'Nobody reported such a post in this feed.' })
}
