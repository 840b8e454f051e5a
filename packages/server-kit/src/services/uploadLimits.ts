import type { MediaKind } from '../ports/mediaStore.ts'
import { postLimits } from './postLimits.ts'

interface UploadLimits {
  byteLength: number
  contentTypes: readonly string[]
}

const byKind: Record<MediaKind, UploadLimits> = {
  image: { byteLength: postLimits.imageBytes, contentTypes: postLimits.imageTypes },
  video: { byteLength: postLimits.videoBytes, contentTypes: postLimits.videoTypes },
}

/** What an upload of this kind may be. */
export const uploadLimits = (kind: MediaKind): UploadLimits => byKind[kind]
