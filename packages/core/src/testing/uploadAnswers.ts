import type { CreateUploadRequest, Upload } from '../contracts/feed.ts'
import { findFeed, postLimits, requireFeature } from './feedAnswers.ts'
import type { RouteAnswers, ViewerCall } from './TestCall.ts'
import { TestProblem } from './TestProblem.ts'
import type { VenueContext } from './VenueContext.ts'
import type { StoredUpload } from './VenueState.ts'

const limitsOf = (kind: StoredUpload['kind']): Upload['limits'] => ({
  videoSeconds: postLimits.videoSeconds,
  byteLength: kind === 'video' ? postLimits.videoBytes : postLimits.imageBytes,
  contentTypes: kind === 'video' ? postLimits.videoTypes : postLimits.imageTypes,
})

const show = ({ upload, kind }: StoredUpload): { upload: Upload } => ({ upload: { ...upload, limits: limitsOf(kind) } })

const requireFit = ({ kind, byteLength }: CreateUploadRequest, contentType: string): void => {
  const limits = limitsOf(kind)
  if (!limits.contentTypes.includes(contentType)) {
    const detail = `Use a ${kind} of one of these types: ${limits.contentTypes.join(', ')}.`
    throw new TestProblem('media_rejected', { detail, fields: { contentType: detail } })
  }
  if (byteLength > limits.byteLength) {
    const detail = `The ${kind} is larger than ${limits.byteLength / 1_000_000} MB.`
    throw new TestProblem('media_rejected', { detail, fields: { byteLength: detail } })
  }
}

const isSame = (stored: StoredUpload, body: CreateUploadRequest, contentType: string): boolean =>
  stored.feedId === body.feedId &&
  stored.kind === body.kind &&
  stored.contentType === contentType &&
  stored.byteLength === body.byteLength

const find = ({ state }: VenueContext, uploadId: string): StoredUpload | undefined =>
  state.uploads.find(({ upload }) => upload.id === uploadId)

/** Idempotent by the upload's id. */
const createUpload = (body: CreateUploadRequest, { venue, viewer }: ViewerCall): StoredUpload => {
  const contentType = body.contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  requireFeature(findFeed(venue, body.feedId), body.kind === 'video' ? 'video' : 'images')
  requireFit(body, contentType)
  const known = find(venue, body.uploadId)
  if (known) {
    if (known.viewerId === viewer.id && isSame(known, body, contentType)) return known
    throw new TestProblem('idempotency_conflict', { detail: 'Another upload was opened under this uploadId.' })
  }
  const { uploadId: id, feedId, kind, byteLength } = body
  const uploadUrl = `${venue.apiUrl}/media/uploads/${id}`
  const upload = { id, status: 'waiting' as const, uploadUrl, receivedBytes: 0, media: null, rejection: null }
  const bytes = new Uint8Array(byteLength)
  const stored = { upload, feedId, viewerId: viewer.id, kind, contentType, byteLength, bytes, postId: null }
  venue.state.uploads.push(stored)
  return stored
}

export const uploadAnswers = {
  createUpload: ({ body }, call) => show(createUpload(body, call)),
  getUpload: ({ params }, { venue, viewer }) => {
    const stored = find(venue, params.uploadId)
    if (stored?.viewerId === viewer.id) return show(stored)
    throw new TestProblem('not_found', { detail: 'No such upload of yours.' })
  },
  cancelUpload: ({ params }, { venue, viewer }) => {
    const stored = find(venue, params.uploadId)
    if (stored?.viewerId !== viewer.id) return
    if (stored.postId !== null) {
      throw new TestProblem('conflict', { detail: 'A post shows this upload: delete the post instead.' })
    }
    venue.state.uploads = venue.state.uploads.filter(each => each !== stored)
  },
} satisfies Partial<RouteAnswers>
