import { feedLimits, type PostLimits } from '@venuekit/core/contracts'

/** What a post may hold. Served by getFeed, enforced where posts and uploads are made. */
export const postLimits: PostLimits = {
  ...feedLimits,
  imageBytes: 20_000_000,
  videoBytes: 100_000_000,
  // Those of which the kit takes place, device and time of a picture out without decoding it.
  imageTypes: ['image/jpeg', 'image/png', 'image/webp'],
  videoTypes: ['video/mp4', 'video/quicktime', 'video/webm'],
}
