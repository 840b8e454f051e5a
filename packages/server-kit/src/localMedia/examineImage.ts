import { imageSize } from 'image-size'
import { notMedia, RejectedMedia, requireSize } from './rejectMedia.ts'
import { stripJpeg } from './stripJpeg.ts'
import { stripPng } from './stripPng.ts'
import { stripWebp } from './stripWebp.ts'

interface ImageFormat {
  contentType: string
  extension: string
  strip(bytes: Uint8Array, orientation: number): Uint8Array[]
}

/** By what the bytes are, never by a name or a claim. SVG is a program and never among them. */
const formats: Readonly<Record<string, ImageFormat>> = {
  jpg: { contentType: 'image/jpeg', extension: 'jpg', strip: stripJpeg },
  png: { contentType: 'image/png', extension: 'png', strip: stripPng },
  webp: { contentType: 'image/webp', extension: 'webp', strip: stripWebp },
}

export interface ExaminedImage {
  contentType: string
  extension: string
  width: number
  height: number
  /** The picture without what its camera wrote into it. */
  parts: Uint8Array[]
}

const readHeader = (bytes: Uint8Array): ReturnType<typeof imageSize> => {
  try {
    return imageSize(bytes)
  } catch {
    throw notMedia('image')
  }
}

/** Looks at a whole file without decoding it. Throws `RejectedMedia`. */
export const examineImage = (bytes: Uint8Array): ExaminedImage => {
  const { type = '', width, height, orientation = 1 } = readHeader(bytes)
  const format = Object.hasOwn(formats, type) ? formats[type] : undefined
  if (!format) {
    throw new RejectedMedia('wrong_type', `This is a ${type.toUpperCase()} file. Use a JPEG, PNG or WebP picture.`)
  }
  requireSize('image', { width, height })
  const turned = orientation >= 5
  return {
    contentType: format.contentType,
    extension: format.extension,
    width: turned ? height : width,
    height: turned ? width : height,
    parts: format.strip(bytes, orientation),
  }
}
