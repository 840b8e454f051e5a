/** The media type that the first bytes of a file speak of; null where they are no image or video that is known. */
export const sniffMedia = async (file: Blob): Promise<string | null> => {
  const bytes = new Uint8Array(await file.slice(0, 64).arrayBuffer())
  const found = signatures.find(({ at = 0, starts }) => starts.every((byte, index) => bytes[at + index] === byte))
  if (!found) return null
  return found.type === 'video/mp4' ? brandType(bytes) : found.type
}

const codes = (text: string): number[] => [...text].map(letter => letter.charCodeAt(0))

interface Signature {
  type: string
  at?: number
  starts: readonly number[]
}

const signatures: readonly Signature[] = [
  { type: 'image/jpeg', starts: [0xff, 0xd8, 0xff] },
  { type: 'image/png', starts: [0x89, ...codes('PNG\r\n'), 0x1a, 0x0a] },
  { type: 'image/webp', at: 8, starts: codes('WEBP') },
  { type: 'image/gif', starts: codes('GIF8') },
  { type: 'image/bmp', starts: codes('BM') },
  { type: 'video/mp4', at: 4, starts: codes('ftyp') },
  // Cameras of old wrote films without a brand.
  ...['moov', 'mdat', 'wide', 'free'].map(box => ({ type: 'video/quicktime', at: 4, starts: codes(box) })),
  { type: 'video/webm', starts: [0x1a, 0x45, 0xdf, 0xa3] },
]

/** What a file of boxes holds, by its first brand. */
const brandType = (bytes: Uint8Array): string => {
  const brand = String.fromCharCode(...bytes.subarray(8, 12))
  if (brand === 'qt  ') return 'video/quicktime'
  if (/^avi[fs]$/.test(brand)) return 'image/avif'
  return /^(hei|hev|mif1|msf1)/.test(brand) ? 'image/heic' : 'video/mp4'
}
