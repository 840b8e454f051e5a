import type { VenueContext } from './VenueContext.ts'
import type { StoredPost } from './VenueState.ts'

/** Takes the post out; its client id stays taken. */
export const removePost = (venue: VenueContext, post: StoredPost): void => {
  venue.state.posts = venue.state.posts.filter(each => each !== post)
  post.version++
  venue.deleted.set(post.id, post)
  venue.live.tell({ type: 'post_removed', feedId: post.feedId, postId: post.id, clientId: post.clientId })
}
