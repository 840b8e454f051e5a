import { imageSize } from './imageSize.ts'
import { MediaRefusal } from './MediaRefusal.ts'
import type { PreparedMedia } from './PreparedMedia.ts'

/** What servers take, too: a picture of a few bytes may fill the memory of the device. */
const mostPixels = 40_000_000
const longestSide = 16_384
/** As large as a screen shows it. */
const targetSide = 2_048
const quality = 0.85

/**
 * Draws the picture anew, upright and at most 2,048 pixels a side: place, device and time stay behind. Throws
 * `MediaRefusal`.
 */
export const prepareImage = async (file: Blob, type: string): Promise<PreparedMedia> => {
  await refuseBomb(file, type)
  const picture = await decode(file)
  const scale = Math.min(1, targetSide / Math.max(picture.width, picture.height))
  const width = Math.max(1, Math.round(picture.width * scale))
  const height = Math.max(1, Math.round(picture.height * scale))
  try {
    const blob = await encode(picture, width, height)
    return { blob, contentType: blob.type, width, height, durationMs: null }
  } finally {
    picture.close()
  }
}

const refuseBomb = async (file: Blob, type: string): Promise<void> => {
  const size = await imageSize(file, type)
  if (!size) throw new MediaRefusal('unreadable')
  const { width, height } = size
  if (Math.max(width, height) > longestSide || width * height > mostPixels) {
    throw new MediaRefusal('dimensions', { width, height })
  }
}

const decode = async (file: Blob): Promise<ImageBitmap> => {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    throw new MediaRefusal('unreadable')
  }
}

/** WebP where the browser writes it, else JPEG on white, which has no transparency. */
const encode = async (picture: ImageBitmap, width: number, height: number): Promise<Blob> => {
  const webp = await draw(picture, { width, height, type: 'image/webp', ground: null })
  if (webp.type === 'image/webp') return webp
  return draw(picture, { width, height, type: 'image/jpeg', ground: '#fff' })
}

interface Drawing {
  width: number
  height: number
  type: string
  ground: string | null
}

const draw = async (picture: ImageBitmap, { width, height, type, ground }: Drawing): Promise<Blob> => {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null
  if (!context) throw new MediaRefusal('unreadable')
  if (ground !== null) {
    context.fillStyle = ground
    context.fillRect(0, 0, width, height)
  }
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, width, height)
  if ('convertToBlob' in canvas) return canvas.convertToBlob({ type, quality })
  const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, type, quality))
  if (!blob) throw new MediaRefusal('unreadable')
  return blob
}

const createCanvas = (width: number, height: number): OffscreenCanvas | HTMLCanvasElement => {
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(width, height)
  return Object.assign(document.createElement('canvas'), { width, height })
}
