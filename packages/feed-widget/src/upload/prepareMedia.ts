import type { PostLimits } from '@venuekit/core/contracts'
import { MediaRefusal } from './MediaRefusal.ts'
import type { PreparedMedia } from './PreparedMedia.ts'
import { prepareImage } from './prepareImage.ts'
import { prepareVideo } from './prepareVideo.ts'
import type { RecognisedMedia } from './recogniseMedia.ts'

/** Makes a recognised file ready to be sent. Throws `MediaRefusal`. */
export const prepareMedia = async (
  file: Blob,
  { kind, type }: RecognisedMedia,
  limits: PostLimits,
): Promise<PreparedMedia> => {
  if (kind === 'video') return prepareVideo(file, type, limits.videoSeconds)
  const image = await prepareImage(file, type)
  if (!limits.imageTypes.includes(image.contentType)) throw new MediaRefusal('wrong_type')
  return image
}
