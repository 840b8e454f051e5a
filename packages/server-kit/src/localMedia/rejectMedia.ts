import type { MediaKind, MediaRejection } from '../ports/mediaStore.ts'

/** Thrown while a file is looked at: why it cannot be shown, in words for its author. */
export class RejectedMedia extends Error {
  override readonly name = 'RejectedMedia'
  readonly rejection: MediaRejection

  constructor(reason: MediaRejection['reason'], detail: string) {
    super(detail)
    this.rejection = { reason, detail }
  }
}

/** A camera asked for 30 s stops a few frames late, and sound ends on a packet's border. */
const videoToleranceMs = 500

const seconds = (durationMs: number): string => String(Math.ceil(durationMs / 1000))

/** Throws where a video lasts longer than it may. */
export const requireShort = (durationMs: number, longestSeconds: number): void => {
  if (durationMs <= longestSeconds * 1000 + videoToleranceMs) return
  throw new RejectedMedia(
    'too_long',
    `The video lasts ${seconds(durationMs)} seconds; at most ${longestSeconds} are allowed. Shorten it and try again.`,
  )
}

/** What stands behind each pixel is 4 bytes of the reader's memory. */
const maximumPixels = 40_000_000
const maximumSide: Record<MediaKind, number> = { image: 16_384, video: 4_096 }

/** Throws where a picture is larger than a browser should decode; judged by the header, without decoding. */
export const requireSize = (kind: MediaKind, { width, height }: { width: number; height: number }): void => {
  const fits = width * height <= maximumPixels && Math.max(width, height) <= maximumSide[kind]
  if (fits && width >= 1 && height >= 1) return
  throw new RejectedMedia(
    'dimensions',
    `The ${kind} measures ${width} × ${height} pixels, which is too large. Make it smaller and try again.`,
  )
}

export const notMedia = (kind: MediaKind): RejectedMedia =>
  new RejectedMedia('not_media', `This file is no ${kind}, whatever its name says. Choose another one.`)

export const truncated = (kind: MediaKind): RejectedMedia =>
  new RejectedMedia('truncated', `The ${kind} ends too early: part of the file is missing. Choose the original file.`)
