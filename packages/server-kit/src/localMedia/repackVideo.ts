import {
  Conversion,
  FilePathSource,
  FilePathTarget,
  Input,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from 'mediabunny'
import { type ExaminedVideo, examineVideo, videoFormats } from './examineVideo.ts'
import { isDiskFault } from './isDiskFault.ts'
import { RejectedMedia, truncated } from './rejectMedia.ts'

const formatOf = (container: ExaminedVideo['container']): Mp4OutputFormat | WebMOutputFormat =>
  // With its index in front a video plays before it is loaded, and seeks.
  container === 'mp4' ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat()

const unreadable = (): RejectedMedia =>
  new RejectedMedia('unreadable', 'The video cannot be read. Export it as H.264 (MP4) and try again.')

const copyPackets = async (from: string, to: string, container: ExaminedVideo['container']): Promise<void> => {
  using input = new Input({ source: new FilePathSource(from), formats: videoFormats })
  const conversion = await Conversion.init({
    input,
    output: new Output({ format: formatOf(container), target: new FilePathTarget(to) }),
    tracks: 'primary',
    copy: { mode: 'forced' },
    tags: () => ({}),
    showWarnings: false,
  })
  if (!conversion.isValid || !conversion.utilizedTracks.some(track => track.isVideoTrack())) throw unreadable()
  try {
    await conversion.execute()
  } catch (error) {
    await conversion.cancel().catch(() => {})
    throw error
  }
}

/** Packets missing at the end are no error to a reader; the copy is shorter then. */
const shortfallMs = 500

/**
 * Writes the first picture and sound track anew, packet by packet, without decoding: phones write the place of a
 * recording beside them, and a file that lacks packets shows here. Answers the copy's facts; throws `RejectedMedia`.
 */
export const repackVideo = async (
  from: string,
  to: string,
  facts: ExaminedVideo,
  longestSeconds: number,
): Promise<ExaminedVideo> => {
  try {
    await copyPackets(from, to, facts.container)
  } catch (error) {
    if (error instanceof RejectedMedia || isDiskFault(error)) throw error
    throw truncated('video')
  }
  const copy = await examineVideo(to, longestSeconds)
  if (copy.durationMs < facts.durationMs - shortfallMs) throw truncated('video')
  return copy
}
