import { createH264, type Frame } from './h264.ts'

export interface SampleVideoOptions {
  seconds: number
  container?: 'mp4' | 'mov'
  /** In blocks of 16 pixels; 20 × 12 by default, which is 320 × 192. */
  columns?: number
  rows?: number
  framesPerSecond?: number
  /** Written where phones write the place of a recording. */
  place?: string
}

const keyEverySeconds = 5
const dark = 24

/** Bars that rise and fall, as a venue's equalizer does. */
const barHeight = (column: number, frame: number, rows: number): number =>
  Math.round((rows - 1) * (0.5 + 0.5 * Math.sin(frame / 3 + column * 0.9) * Math.cos(column * 0.35)))

const paint = (frame: number, columns: number, rows: number): Map<number, number> => {
  const blocks = new Map<number, number>()
  for (let column = 0; column < columns; column += 1) {
    const height = barHeight(column, frame, rows)
    for (let row = 0; row < rows; row += 1) {
      const fromBelow = rows - 1 - row
      blocks.set(row * columns + column, fromBelow <= height ? 100 + Math.round((120 * fromBelow) / rows) : dark)
    }
  }
  return blocks
}

const changed = (before: Frame, after: Frame): Frame =>
  new Map([...after].filter(([index, luma]) => before.get(index) !== luma))

/** A real video of any length, the same bytes each time: for tests and demos. */
export const createSampleVideo = async (options: SampleVideoOptions): Promise<Uint8Array<ArrayBuffer>> => {
  const { seconds, container = 'mp4', columns = 20, rows = 12, framesPerSecond = 10 } = options
  const media = await import('mediabunny')
  const stream = createH264(columns, rows)
  const target = new media.BufferTarget()
  const format = container === 'mov' ? new media.MovOutputFormat() : new media.Mp4OutputFormat()
  const output = new media.Output({ format, target })
  const source = new media.EncodedVideoPacketSource('avc')
  output.addVideoTrack(source, { frameRate: framesPerSecond })
  if (options.place !== undefined) output.setMetadataTags({ comment: options.place })
  await output.start()
  const decoderConfig = {
    codec: 'avc1.42c01e',
    codedWidth: columns * 16,
    codedHeight: rows * 16,
    description: stream.description,
  }
  let before: Frame = new Map()
  for (let frame = 0; frame < seconds * framesPerSecond; frame += 1) {
    const isKey = frame % (keyEverySeconds * framesPerSecond) === 0
    const after = paint(frame, columns, rows)
    const data = isKey ? stream.key(after) : stream.change(changed(before, after))
    const packet = new media.EncodedPacket(data, isKey ? 'key' : 'delta', frame / framesPerSecond, 1 / framesPerSecond)
    await source.add(packet, frame === 0 ? { decoderConfig } : undefined)
    before = after
  }
  await output.finalize()
  if (target.buffer === null) throw new Error('the sample video was not written')
  return new Uint8Array(target.buffer)
}
