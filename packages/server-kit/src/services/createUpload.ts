import type { CreateUploadRequest, Upload } from '@venuekit/core/contracts'
import type { MediaStore } from '../ports/mediaStore.ts'
import { enforcePostingLimits } from './enforcePostingLimits.ts'
import type { KitContext } from './kitContext.ts'
import type { Posting } from './posting.ts'
import { ProblemError } from './problemError.ts'
import { requireFeature } from './requireFeature.ts'
import { uploadLimits } from './uploadLimits.ts'
import { toUpload } from './uploads.ts'

/** Of one viewer in one feed: more than a post holds, and far less than fills a disk. */
const maximumOpen = 12

const megabytes = (bytes: number): string => `${Math.floor(bytes / 1_000_000)} MB`

/** The browser's claim, held to the limits before a byte travels; the store looks at the bytes again. */
const requireFit = ({ kind, contentType, byteLength }: CreateUploadRequest): void => {
  const limits = uploadLimits(kind)
  if (!limits.contentTypes.includes(contentType)) {
    const detail = `Use a ${kind} of one of these types: ${limits.contentTypes.join(', ')}.`
    throw new ProblemError('media_rejected', { detail, fields: { contentType: detail } })
  }
  if (byteLength > limits.byteLength) {
    const detail = `The ${kind} is larger than ${megabytes(limits.byteLength)}.`
    throw new ProblemError('media_rejected', { detail, fields: { byteLength: detail } })
  }
}

const requireStore = ({ media }: KitContext, { kind }: CreateUploadRequest): MediaStore => {
  const store = media[kind]
  if (store) return store
  throw new ProblemError('forbidden', { detail: `The host has set up no media store for ${kind}s.` })
}

/** A media type without its parameters, such as `video/webm` of `video/webm;codecs=vp9`. */
const plainType = (contentType: string): string => contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''

/** Opens an upload, idempotent by its id: the same facts again answer the upload as it is now. */
export const createUpload = async (
  context: KitContext,
  request: CreateUploadRequest,
  { origin, ...posting }: Posting & { origin: string | null },
): Promise<{ upload: Upload }> => {
  const { key, viewer } = posting
  const body = { ...request, contentType: plainType(request.contentType) }
  await enforcePostingLimits(context, 'createUpload', posting)
  await requireFeature(
    context,
    { feedId: body.feedId, venueId: key.venueId },
    body.kind === 'video' ? 'video' : 'images',
  )
  requireFit(body)
  const store = requireStore(context, body)
  const known = await context.database.call('feed.get_upload', {
    upload_id: body.uploadId,
    venue_id: key.venueId,
    viewer_id: viewer.id,
  })
  // A second room at the store would only have to be given up again.
  const { uploadId, kind, contentType, byteLength } = body
  const place =
    known.outcome === 'found'
      ? { storeKey: known.upload.storeKey, uploadUrl: known.upload.uploadUrl ?? '' }
      : await store.open({ uploadId, kind, contentType, byteLength, origin })
  const answer = await context.database.call('feed.create_upload', {
    upload_id: uploadId,
    venue_id: key.venueId,
    feed_id: body.feedId,
    viewer_id: viewer.id,
    kind,
    content_type: contentType,
    byte_length: byteLength,
    store: store.name,
    store_key: place.storeKey,
    upload_url: place.uploadUrl,
    max_open: maximumOpen,
  })
  const isMine = 'upload' in answer && answer.upload.storeKey === place.storeKey
  if (!isMine && known.outcome === 'not_found') await store.remove(place.storeKey)
  if ('upload' in answer) return { upload: toUpload(answer.upload) }
  throw refusals[answer.outcome]()
}

const refusals = {
  not_found: () => new ProblemError('not_found', { detail: 'No such feed.' }),
  conflict: () =>
    new ProblemError('idempotency_conflict', { detail: 'Another upload was opened under this uploadId.' }),
  too_many: () =>
    new ProblemError('limit_exceeded', {
      detail: `At most ${maximumOpen} uploads at a time: finish or cancel one first.`,
    }),
}
