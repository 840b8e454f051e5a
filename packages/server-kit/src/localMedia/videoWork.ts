import type { MediaRejection } from '../ports/mediaStore.ts'
import type { ExaminedVideo } from './examineVideo.ts'

/** What a video's thread is given. */
export interface VideoWork {
  from: string
  /** Where to write it anew; null only looks. */
  to: string | null
  longestSeconds: number
}

export type VideoAnswer = { video: ExaminedVideo } | { rejection: MediaRejection }
