import type { PublishableKey } from '../ports/venuekitFunctions.ts'
import type { KitContext } from './kitContext.ts'
import { noPost } from './noPost.ts'

/** Which feed the post stands in, for ever: kept once it is known. Throws `not_found`. */
export const feedOfPost = async (
  { database, feedsOfPosts }: KitContext,
  postId: string,
  { venueId }: PublishableKey,
): Promise<string> => {
  const name = `${venueId}/${postId}`
  const known = feedsOfPosts.get(name)
  if (known !== undefined) return known
  const answer = await database.call('feed.find_post_feed', { post_id: postId, venue_id: venueId })
  if (answer.outcome === 'not_found') throw noPost()
  feedsOfPosts.set(name, answer.feedId)
  return answer.feedId
}
