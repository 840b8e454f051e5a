import { truncated } from './rejectMedia.ts'

/** What the picture needs, animation and colour included; text, time, Exif and private chunks are left out. */
const kept = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '),
)

/** As `stripJpeg`. */
export const stripPng = (bytes: Uint8Array): Uint8Array[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: Uint8Array[] = [bytes.subarray(0, 8)]
  let hasPicture = false
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) break
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (kept.has(name)) parts.push(bytes.subarray(at, end))
    hasPicture ||= name === 'IDAT'
    if (name === 'IEND' && hasPicture) return parts
    at = end
  }
  throw truncated('image')
}
