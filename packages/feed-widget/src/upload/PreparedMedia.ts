import type { MediaItem } from '@venuekit/core/contracts'

/** A file as it will be sent. */
export interface PreparedMedia {
  readonly blob: Blob
  readonly contentType: string
  readonly width: MediaItem['width']
  readonly height: MediaItem['height']
  readonly durationMs: MediaItem['durationMs']
}
