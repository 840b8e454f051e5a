import { showPost } from './feedAnswers.ts'
import type { VenueContext } from './VenueContext.ts'
import type { StoredPost } from './VenueState.ts'

/** The live stream tells of the post, the same to everybody. */
export const tellPost = (venue: VenueContext, post: StoredPost): void =>
  venue.live.tell({ type: 'post', post: showPost(post, null) })
