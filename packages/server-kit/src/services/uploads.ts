import type { Upload } from '@venuekit/core/contracts'
import type { UploadRow } from '../ports/mediaFunctions.ts'
import { takeRate } from './enforceLimits.ts'
import { followUpload } from './followUpload.ts'
import type { KitContext } from './kitContext.ts'
import { removeMedia } from './mediaRemoval.ts'
import type { Posting } from './posting.ts'
import { postLimits } from './postLimits.ts'
import { ProblemError } from './problemError.ts'
import { uploadLimits } from './uploadLimits.ts'

/** The contract's shape. */
export const toUpload = (row: UploadRow): Upload => {
  const { id, kind, status, uploadUrl, receivedBytes, media, rejection } = row
  const { byteLength, contentTypes } = uploadLimits(kind)
  const limits = { videoSeconds: postLimits.videoSeconds, byteLength, contentTypes: [...contentTypes] }
  return { id, status, uploadUrl, receivedBytes, media, rejection, limits }
}

/** Stores at a distance are asked about one upload at most this often, however many poll. */
const askEverySeconds = 3

const mayAsk = async (context: KitContext, { id }: UploadRow): Promise<boolean> => {
  const bucket = { bucket: `inspectUpload/upload/${id}`, maximum: 1, windowSeconds: askEverySeconds }
  return (await takeRate(context, [bucket])).allowed
}

/** How far an upload of the viewer's own is, by its store's own word while it is under way. */
export const getUpload = async (
  context: KitContext,
  uploadId: string,
  { key, viewer }: Posting,
): Promise<{ upload: Upload }> => {
  const answer = await context.database.call('feed.get_upload', {
    upload_id: uploadId,
    venue_id: key.venueId,
    viewer_id: viewer.id,
  })
  const none = new ProblemError('not_found', { detail: 'No such upload of yours.' })
  if (answer.outcome === 'not_found') throw none
  const { upload } = answer
  const isUnderWay = upload.status === 'waiting' || upload.status === 'processing'
  if (!isUnderWay || !(await mayAsk(context, upload))) return { upload: toUpload(upload) }
  const followed = await followUpload(context, upload)
  if (!followed) throw none
  return { upload: toUpload(followed) }
}

/** Gives up an upload that no post has taken, and all that came of it. Again, or of an unknown one, is no error. */
export const cancelUpload = async (
  context: KitContext,
  uploadId: string,
  { key, viewer }: Posting,
): Promise<undefined> => {
  const answer = await context.database.call('feed.cancel_upload', {
    upload_id: uploadId,
    venue_id: key.venueId,
    viewer_id: viewer.id,
  })
  if (answer.outcome === 'taken') {
    throw new ProblemError('conflict', { detail: 'A post shows this upload: delete the post instead.' })
  }
  if (answer.removal) await removeMedia(context, answer.removal)
}
