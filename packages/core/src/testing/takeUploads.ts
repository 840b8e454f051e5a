import type { CreatePostRequest, MediaItem } from '../contracts/feed.ts'
import { findFeed, requireFeature } from './feedAnswers.ts'
import { TestProblem } from './TestProblem.ts'
import type { VenueContext } from './VenueContext.ts'
import type { StoredUpload } from './VenueState.ts'

type Draft = NonNullable<CreatePostRequest['media']>

interface Taker {
  feedId: string
  postId: string
  viewerId: string
}

const badUpload = (place: number, message: string): TestProblem =>
  new TestProblem('invalid_request', { fields: { [`media.${place}.uploadId`]: message } })

const findUpload = (venue: VenueContext, { feedId, viewerId }: Taker, uploadId: string, place: number) => {
  const isIt = (each: StoredUpload) =>
    each.upload.id === uploadId && each.feedId === feedId && each.viewerId === viewerId
  const found = venue.state.uploads.find(isIt)
  if (!found) throw badUpload(place, 'no upload of yours in this feed: upload it again')
  if (found.postId !== null) throw badUpload(place, 'stands in another post already: upload it again')
  const { rejection } = found.upload
  if (rejection) {
    const { detail } = rejection
    throw new TestProblem('media_rejected', { detail, fields: { [`media.${place}.uploadId`]: detail } })
  }
  requireFeature(findFeed(venue, feedId), found.kind === 'video' ? 'video' : 'images')
  return found
}

/** What the item is before the server has looked at it. */
export const waitingItem = ({ upload, kind }: StoredUpload): MediaItem => ({
  id: upload.id,
  kind,
  status: 'processing',
  url: null,
  posterUrl: null,
  width: null,
  height: null,
  durationMs: null,
  alt: null,
})

/** The uploads become the post's; all of them, or none where one is refused. */
export const takeUploads = (venue: VenueContext, taker: Taker, draft: Draft): MediaItem[] => {
  const ids = draft.map(({ uploadId }) => uploadId)
  const repeated = ids.findIndex((id, place) => ids.indexOf(id) < place)
  if (repeated >= 0) throw badUpload(repeated, 'stands in this post twice')
  const found = draft.map(({ uploadId }, place) => findUpload(venue, taker, uploadId, place))
  const videos = found.flatMap(({ kind }, place) => (kind === 'video' ? [place] : []))
  if (videos[1] !== undefined) throw badUpload(videos[1], 'a post holds one video at most')
  return found.map((stored, place) => {
    stored.postId = taker.postId
    return { ...(stored.upload.media ?? waitingItem(stored)), alt: draft[place]?.alt?.trim() || null }
  })
}
