import type { PostResponse } from '@venuekit/core/contracts'
import { isModerator } from './isModerator.ts'
import type { KitContext } from './kitContext.ts'
import { noPost } from './noPost.ts'
import type { Posting } from './posting.ts'
import { ProblemError } from './problemError.ts'

/** Pins a post above all others, or lets it go. Throws `forbidden` for viewers who moderate nothing. */
export const pinPost = async (
  context: KitContext,
  postId: string,
  { pinned }: { pinned: boolean },
  { key, viewer }: Posting,
): Promise<PostResponse> => {
  if (!isModerator(viewer)) throw new ProblemError('forbidden', { detail: 'Only moderators may pin a post.' })
  const answer = await context.database.call('feed.pin_post', {
    post_id: postId,
    venue_id: key.venueId,
    viewer_id: viewer.id,
    pinned,
  })
  if (answer.outcome === 'not_found') throw noPost()
  context.live.wake()
  return { post: answer.post }
}
