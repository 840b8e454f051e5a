import { truncated } from './rejectMedia.ts'

const kept = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
const picture = new Set(['VP8 ', 'VP8L', 'ANMF'])
/** The header's promises of Exif and XMP. */
const metadataFlags = 0x08 | 0x04

const withoutPromises = (header: Uint8Array): Uint8Array => {
  const copy = header.slice()
  copy[8] = (copy[8] ?? 0) & ~metadataFlags
  return copy
}

const riffHeader = (length: number): Uint8Array => {
  const header = new Uint8Array(12)
  header.set(new TextEncoder().encode('RIFF'), 0)
  new DataView(header.buffer).setUint32(4, length + 4, true)
  header.set(new TextEncoder().encode('WEBP'), 8)
  return header
}

/** As `stripJpeg`. */
export const stripWebp = (bytes: Uint8Array): Uint8Array[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const fileEnd = view.getUint32(4, true) + 8
  if (fileEnd > bytes.length) throw truncated('image')
  const parts: Uint8Array[] = []
  let hasPicture = false
  for (let at = 12; at + 8 <= fileEnd; ) {
    const length = view.getUint32(at + 4, true)
    const end = at + 8 + length + (length % 2)
    if (end > fileEnd) throw truncated('image')
    const name = String.fromCharCode(...bytes.subarray(at, at + 4))
    const chunk = bytes.subarray(at, end)
    if (kept.has(name)) parts.push(name === 'VP8X' ? withoutPromises(chunk) : chunk)
    hasPicture ||= picture.has(name)
    at = end
  }
  if (!hasPicture) throw truncated('image')
  return [riffHeader(parts.reduce((sum, part) => sum + part.length, 0)), ...parts]
}
