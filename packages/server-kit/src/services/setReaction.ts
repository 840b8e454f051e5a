import type { PostResponse } from '@venuekit/core/contracts'
import { enforcePostingLimits } from './enforcePostingLimits.ts'
import { feedOfPost } from './feedOfPost.ts'
import { isModerator } from './isModerator.ts'
import type { KitContext } from './kitContext.ts'
import { noPost } from './noPost.ts'
import type { Posting } from './posting.ts'
import { requireFeature } from './requireFeature.ts'

/** The viewer's reaction as the state desired. A deleted post is not found. */
export const setReaction = async (
  context: KitContext,
  postId: string,
  { reacted }: { reacted: boolean },
  posting: Posting,
): Promise<PostResponse> => {
  const { key, viewer } = posting
  await enforcePostingLimits(context, 'setReaction', posting)
  await requireFeature(context, { feedId: await feedOfPost(context, postId, key), venueId: key.venueId }, 'reactions')
  const answer = await context.database.call('feed.set_reaction', {
    post_id: postId,
    venue_id: key.venueId,
    viewer_id: viewer.id,
    moderator: isModerator(viewer),
    reacted,
  })
  if (answer.outcome === 'not_found') throw noPost()
  context.live.wake()
  return { post: answer.post }
}
