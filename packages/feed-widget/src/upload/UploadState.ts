import type { MediaItem } from '@venuekit/core/contracts'

/** Why an upload stands still: a reason of the media's own, or a VenueKit error code. */
export interface UploadProblem {
  readonly code: string
  /** The server's words, where it gave some. */
  readonly detail: string | null
  readonly canRetry: boolean
}

/**
 * Where an upload is: `sending`, `stalled` until the network is back, `paused` by its owner, with the server that is
 * `processing` it, `ready`, or `failed`.
 */
export interface UploadState {
  readonly phase: 'sending' | 'stalled' | 'paused' | 'processing' | 'ready' | 'failed'
  readonly sentBytes: number
  readonly problem: UploadProblem | null
  /** As the server has it; null before it is ready. */
  readonly media: MediaItem | null
}
