import { commands } from 'vitest/browser'
import './sampleMedia.ts'

interface PictureFacts {
  name?: string
  width?: number
  height?: number
  type?: string
}

/** A picture with a colour for each of its quarters, as a file of somebody's. */
export const sampleFile = async (facts: PictureFacts = {}): Promise<File> => {
  const { name = 'photo.jpg', width = 640, height = 480, type = 'image/jpeg' } = facts
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('No canvas to draw on.')
  for (const [index, colour] of ['#e33', '#3b3', '#33e', '#ee3'].entries()) {
    context.fillStyle = colour
    context.fillRect((index % 2) * (width / 2), index > 1 ? height / 2 : 0, width / 2, height / 2)
  }
  return new File([await canvas.convertToBlob({ type })], name, { type })
}

/** A film of that length that browsers play. */
export const sampleFilm = async (name: string, seconds: number): Promise<File> => {
  const base64 = await commands.sampleVideo({ seconds, columns: 20, rows: 12 })
  return new File([Uint8Array.from(atob(base64), byte => byte.charCodeAt(0))], name, { type: 'video/mp4' })
}

/** The head of a PNG that says it is that large, and nothing after it. */
export const pictureBomb = (width: number, height: number): File => {
  const head = new DataView(new ArrayBuffer(64))
  for (const [at, byte] of [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a].entries()) head.setUint8(at, byte)
  head.setUint32(16, width)
  head.setUint32(20, height)
  return new File([head], 'huge.png', { type: 'image/png' })
}

/** The picture as a camera that was held sideways writes it, with a note of where it was taken. */
export const turnedFile = async (): Promise<File> => {
  const upright = new Uint8Array(await (await sampleFile({ width: 400, height: 200 })).arrayBuffer())
  const note = new TextEncoder().encode('GPS 48.2082 16.3738')
  // TIFF, big-endian, one entry: orientation (0x0112), a short, 6: turn it clockwise to see it.
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
  const body = [...new TextEncoder().encode('Exif'), 0, 0, ...tiff, ...note]
  const segment = Uint8Array.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 0xff, ...body])
  return new File([upright.subarray(0, 2), segment, upright.subarray(2)], 'turned.jpg', { type: 'image/jpeg' })
}
