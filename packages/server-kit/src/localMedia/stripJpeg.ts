import { truncated } from './rejectMedia.ts'

const soi = 0xd8
const eoi = 0xd9
const sos = 0xda
/** JFIF, the colour profile, Adobe's colour transform: without these a picture looks different. */
const keptApplications = new Set([0xe0, 0xe2, 0xee])
const comment = 0xfe

const isApplication = (marker: number): boolean => marker >= 0xe0 && marker <= 0xef
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)
const isDropped = (marker: number): boolean =>
  marker === comment || (isApplication(marker) && !keptApplications.has(marker))

/** An Exif segment that says which way is up and nothing else. */
const orientationSegment = (orientation: number): Uint8Array =>
  // biome-ignore format: one field a line
  new Uint8Array([
    0xff, 0xe1, 0x00, 0x22,
    0x45, 0x78, 0x69, 0x66, 0x00, 0x00,
    0x4d, 0x4d, 0x00, 0x2a, 0x00, 0x00, 0x00, 0x08,
    0x00, 0x01,
    0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01, 0x00, orientation, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00,
  ])

/** Where the compressed data that begin here end: at the next marker that is no part of them. */
const endOfScan = (bytes: Uint8Array, start: number): number => {
  for (let at = bytes.indexOf(0xff, start); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0x00 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  throw truncated('image')
}

/**
 * The same picture without place, device, time, thumbnail and whatever follows its end; nothing is decoded. Throws
 * `RejectedMedia` where the file ends before the picture does.
 */
export const stripJpeg = (bytes: Uint8Array, orientation: number): Uint8Array[] => {
  const parts: Uint8Array[] = [new Uint8Array([0xff, soi])]
  if (orientation > 1 && orientation <= 8) parts.push(orientationSegment(orientation))
  let hasPicture = false
  for (let at = 2; at + 1 < bytes.length; ) {
    if (bytes[at] !== 0xff) throw truncated('image')
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === eoi && hasPicture) return [...parts, new Uint8Array([0xff, eoi])]
    if (isBare(marker)) {
      at += 2
      continue
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
    const next = at + 2 + length
    if (length < 2 || next > bytes.length) throw truncated('image')
    const end = marker === sos ? endOfScan(bytes, next) : next
    hasPicture ||= marker === sos
    if (!isDropped(marker)) parts.push(bytes.subarray(at, end))
    at = end
  }
  throw truncated('image')
}
