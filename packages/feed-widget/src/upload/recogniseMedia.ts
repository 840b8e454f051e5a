import type { MediaItem, PostLimits } from '@venuekit/core/contracts'
import { MediaRefusal } from './MediaRefusal.ts'
import { sniffMedia } from './sniffMedia.ts'

/** What a file is by its bytes. */
export interface RecognisedMedia {
  readonly kind: MediaItem['kind']
  /** Its media type. */
  readonly type: string
}

/** What a file is by its bytes, whatever its name says. Throws `MediaRefusal`. */
export const recogniseMedia = async (file: Blob, limits: PostLimits): Promise<RecognisedMedia> => {
  if (file.size === 0) throw new MediaRefusal('empty')
  const type = await sniffMedia(file)
  if (type === null) throw new MediaRefusal('not_media')
  const kind = type.startsWith('image/') ? 'image' : 'video'
  const types = kind === 'image' ? limits.imageTypes : limits.videoTypes
  if (!types.includes(type)) throw new MediaRefusal('wrong_type')
  const mostBytes = kind === 'image' ? limits.imageBytes : limits.videoBytes
  if (file.size > mostBytes) throw new MediaRefusal('too_large', { bytes: file.size, limit: mostBytes })
  return { kind, type }
}
