interface Size {
  width: number
  height: number
}

/** Headers come before the picture; a JPEG's may follow a thumbnail and much that a camera noted. */
const headBytes = 262_144

/** An image's size by its header, without decoding a pixel; null where the header does not say. */
export const imageSize = async (file: Blob, type: string): Promise<Size | null> => {
  const head = new DataView(await file.slice(0, headBytes).arrayBuffer())
  try {
    return readers[type]?.(head) ?? null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const readPng = (head: DataView): Size => ({ width: head.getUint32(16), height: head.getUint32(20) })

/** The first frame header; segments before it are skipped by their length. */
const readJpeg = (head: DataView): Size | null => {
  for (let at = 2; head.getUint8(at) === 0xff; ) {
    const marker = head.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: head.getUint16(at + 5), width: head.getUint16(at + 7) }
    // Filler between segments.
    at += marker === 0xff ? 1 : 2 + head.getUint16(at + 2)
  }
  return null
}

const readWebp = (head: DataView): Size | null => {
  const form = head.getUint8(15)
  if (form === 0x58) return { width: 1 + uint24(head, 24), height: 1 + uint24(head, 27) }
  if (form === 0x4c) {
    const bits = head.getUint32(21, true)
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) }
  }
  return { width: head.getUint16(26, true) & 0x3fff, height: head.getUint16(28, true) & 0x3fff }
}

const uint24 = (head: DataView, at: number): number => head.getUint16(at, true) | (head.getUint8(at + 2) << 16)

const readers: Readonly<Record<string, (head: DataView) => Size | null>> = {
  'image/png': readPng,
  'image/jpeg': readJpeg,
  'image/webp': readWebp,
}
