import { FilePathSource, Input, type InputVideoTrack, MATROSKA, MP4, MPEG_TS, QTFF, WEBM } from 'mediabunny'
import { isDiskFault } from './isDiskFault.ts'
import { notMedia, RejectedMedia, requireShort, requireSize, truncated } from './rejectMedia.ts'

/** Those that browsers play. No playlists ever: they would have the server fetch what they name. */
export const videoFormats = [MP4, QTFF, WEBM]
const otherFormats = [MATROSKA, MPEG_TS]

const playableCodecs = new Set(['avc', 'hevc', 'vp8', 'vp9', 'av1'])

export interface ExaminedVideo {
  container: 'mp4' | 'webm'
  width: number
  height: number
  durationMs: number
}

/** A cut file may claim its whole length in front. */
const claimToleranceMs = 1_000

const isOtherVideo = async (path: string): Promise<boolean> => {
  using input = new Input({ source: new FilePathSource(path), formats: otherFormats })
  return input.canRead().catch(() => false)
}

const requireContainer = async (input: Input, path: string): Promise<ExaminedVideo['container']> => {
  const isVideo = await input.canRead().catch((error: unknown) => {
    if (isDiskFault(error)) throw error
    return false
  })
  if (isVideo) return (await input.getFormat()) === WEBM ? 'webm' : 'mp4'
  if (await isOtherVideo(path)) {
    throw new RejectedMedia('wrong_type', 'Videos of this type cannot be shown. Use MP4, MOV or WebM.')
  }
  throw notMedia('video')
}

const requirePicture = async (input: Input): Promise<InputVideoTrack> => {
  const track = await input.getPrimaryVideoTrack()
  if (!track) throw new RejectedMedia('wrong_type', 'This file has sound but no picture. Choose a video.')
  const codec = await track.getCodec()
  if (codec !== null && playableCodecs.has(codec)) return track
  throw new RejectedMedia('unreadable', 'Browsers cannot play this video. Export it as H.264 (MP4) and try again.')
}

const measure = async (input: Input, longestSeconds: number): Promise<number> => {
  const claimed = (await input.getDurationFromMetadata()) ?? 0
  const found = await input.computeDuration()
  const durationMs = Math.round(Math.max(claimed, found) * 1000)
  requireShort(durationMs, longestSeconds)
  if (found * 1000 < durationMs - claimToleranceMs) throw truncated('video')
  return durationMs
}

const examine = async (input: Input, path: string, longestSeconds: number): Promise<ExaminedVideo> => {
  const container = await requireContainer(input, path)
  const track = await requirePicture(input)
  const durationMs = await measure(input, longestSeconds)
  const size = { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() }
  requireSize('video', size)
  return { container, ...size, durationMs }
}

/** Reads what a video says of itself: container, size as shown, and length by its last frame. Throws `RejectedMedia`. */
export const examineVideo = async (path: string, longestSeconds: number): Promise<ExaminedVideo> => {
  using input = new Input({ source: new FilePathSource(path), formats: videoFormats })
  try {
    return await examine(input, path, longestSeconds)
  } catch (error) {
    if (error instanceof RejectedMedia || isDiskFault(error)) throw error
    throw new RejectedMedia('unreadable', 'The video cannot be read: the file is damaged. Choose another one.')
  }
}
