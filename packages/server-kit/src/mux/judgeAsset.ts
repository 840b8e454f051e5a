import { feedLimits } from '@venuekit/core/contracts'
import type { MediaRejection, MediaState } from '../ports/mediaStore.ts'
import type { MuxAsset } from './muxObjects.ts'

/** Mux measures what it made; a recording asked for 30 s ends a few frames late. */
const toleranceMs = 500
const renditionName = 'highest.mp4'

const reject = (reason: MediaRejection['reason'], detail: string): MediaState => ({
  status: 'rejected',
  rejection: { reason, detail },
})

const judgeError = ({ errors }: MuxAsset): MediaState =>
  errors?.type === 'invalid_input'
    ? reject('not_media', 'This file is no video that can be read, whatever its name says. Choose another one.')
    : reject('unreadable', 'The video could not be processed. Export it as H.264 (MP4) and try again.')

const tooLong = (durationMs: number): MediaState =>
  reject(
    'too_long',
    `The video lasts ${Math.ceil(durationMs / 1000)} seconds; at most ${feedLimits.videoSeconds} are allowed. Shorten it and try again.`,
  )

/** What an asset at Mux is to us: played as one MP4, which every browser does without a player. */
export const judgeAsset = (asset: MuxAsset): MediaState => {
  const durationMs = Math.round((asset.duration ?? 0) * 1000)
  if (asset.status === 'errored') return judgeError(asset)
  if (durationMs > feedLimits.videoSeconds * 1000 + toleranceMs) return tooLong(durationMs)
  if (asset.status !== 'ready') return { status: 'processing' }
  const track = asset.tracks?.find(({ type }) => type === 'video')
  if (!track) return reject('wrong_type', 'This file has sound but no picture. Choose a video.')
  const rendition = asset.static_renditions?.files?.find(({ name }) => name === renditionName)
  if (rendition?.status === 'errored' || rendition?.status === 'skipped') return judgeError({ ...asset, errors: {} })
  const playbackId = asset.playback_ids?.[0]?.id
  if (rendition?.status !== 'ready' || playbackId === undefined) return { status: 'processing' }
  return {
    status: 'ready',
    url: `https://stream.mux.com/${playbackId}/${renditionName}`,
    posterUrl: `https://image.mux.com/${playbackId}/thumbnail.jpg`,
    contentType: 'video/mp4',
    width: rendition.width ?? track.max_width ?? 16,
    height: rendition.height ?? track.max_height ?? 9,
    durationMs,
  }
}
