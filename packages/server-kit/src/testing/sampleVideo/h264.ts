import { createBitWriter } from './bitWriter.ts'

/** The luma of one block of 16 × 16 pixels, 16 (black) to 235 (white); without colour. */
type Block = number

/** Blocks that changed, by their index in rows from the top left. */
export type Frame = ReadonlyMap<number, Block>

const blockBytes = (luma: Block): Uint8Array => new Uint8Array(384).fill(luma, 0, 256).fill(128, 256)

/** Three bytes that look like a start code must not stand in a unit: a 3 is put between. */
const escapeUnit = (bytes: Uint8Array): Uint8Array => {
  const escaped: number[] = []
  let zeros = 0
  for (const byte of bytes) {
    if (zeros >= 2 && byte <= 3) {
      escaped.push(3)
      zeros = 0
    }
    escaped.push(byte)
    zeros = byte === 0 ? zeros + 1 : 0
  }
  return Uint8Array.from(escaped)
}

const toUnit = (header: number, payload: Uint8Array): Uint8Array => {
  const escaped = escapeUnit(payload)
  const unit = new Uint8Array(escaped.length + 1)
  unit[0] = header
  unit.set(escaped, 1)
  return unit
}

const sequenceUnit = (columns: number, rows: number): Uint8Array =>
  toUnit(
    0x67,
    createBitWriter()
      .bits(66, 8)
      .bits(0xc0, 8)
      .bits(30, 8)
      .golomb(0, 4, 2, 1)
      .bits(0, 1)
      .golomb(columns - 1, rows - 1)
      .bits(0b1100, 4)
      .finish(),
  )

const pictureUnit = (): Uint8Array =>
  toUnit(
    0x68,
    createBitWriter().golomb(0, 0).bits(0, 2).golomb(0, 0, 0).bits(0, 3).golomb(0, 0, 0).bits(0b100, 3).finish(),
  )

const keySlice = (frame: Frame, blocks: number): Uint8Array => {
  const writer = createBitWriter().golomb(0, 7, 0).bits(0, 8).golomb(0).bits(0, 2).golomb(0, 1)
  for (let index = 0; index < blocks; index += 1) writer.golomb(25).aligned(blockBytes(frame.get(index) ?? 16))
  return toUnit(0x65, writer.finish())
}

const changeSlice = (frame: Frame, blocks: number, number: number): Uint8Array => {
  const writer = createBitWriter().golomb(0, 5, 0).bits(number, 8).bits(0, 3).golomb(0, 1)
  let next = 0
  for (const [index, luma] of [...frame].sort(([one], [other]) => one - other)) {
    writer.golomb(index - next, 30).aligned(blockBytes(luma))
    next = index + 1
  }
  if (next < blocks) writer.golomb(blocks - next)
  return toUnit(0x41, writer.finish())
}

const withLength = (unit: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(unit.length + 4)
  new DataView(bytes.buffer).setUint32(0, unit.length)
  bytes.set(unit, 4)
  return bytes
}

/**
 * An H.264 stream that any decoder plays, made without an encoder: blocks stand in it as plain samples, and those that
 * stay the same are skipped.
 */
export const createH264 = (columns: number, rows: number) => {
  const blocks = columns * rows
  const sequence = sequenceUnit(columns, rows)
  const picture = pictureUnit()
  let sinceKey = 0
  return {
    /** The decoder's configuration as MP4 carries it (avcC). */
    description: Uint8Array.from([
      ...[1, 66, 0xc0, 30, 0xff, 0xe1, sequence.length >> 8, sequence.length & 0xff, ...sequence],
      ...[1, picture.length >> 8, picture.length & 0xff, ...picture],
    ]),
    key(frame: Frame): Uint8Array {
      sinceKey = 0
      return withLength(keySlice(frame, blocks))
    },
    change(frame: Frame): Uint8Array {
      sinceKey += 1
      return withLength(changeSlice(frame, blocks, sinceKey % 256))
    },
  }
}
