import { tellPost } from './tellPost.ts'
import type { VenueContext } from './VenueContext.ts'
import type { StoredPost } from './VenueState.ts'

type NewPost = Pick<StoredPost, 'id' | 'feedId' | 'clientId' | 'author' | 'text' | 'media'>

/** A new post at the head of its feed. */
export const storePost = (venue: VenueContext, facts: NewPost): StoredPost => {
  const post: StoredPost = {
    ...facts,
    createdAt: new Date(venue.now()).toISOString(),
    pinnedAt: null,
    position: venue.nextPosition(facts.id),
    version: 1,
    reactedBy: [],
  }
  venue.state.posts.push(post)
  tellPost(venue, post)
  return post
}
