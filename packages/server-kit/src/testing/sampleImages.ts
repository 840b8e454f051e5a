import { deflateSync } from 'node:zlib'

type Bytes = Uint8Array<ArrayBuffer>

const ascii = (text: string): Bytes => new TextEncoder().encode(text)

const joinBytes = (...parts: readonly Uint8Array[]): Bytes => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

const crc = (bytes: Uint8Array): number => {
  let value = 0xffffffff
  for (const byte of bytes) value = (crcTable[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8)
  return ~value >>> 0
}

const uint32 = (value: number): Bytes => {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

const chunk = (name: string, data: Uint8Array): Bytes => {
  const named = joinBytes(ascii(name), data)
  return joinBytes(uint32(data.length), named, uint32(crc(named)))
}

const grain = (width: number, rows: number): Bytes =>
  Uint8Array.from({ length: (width + 1) * rows }, (_, at) => (at % (width + 1) === 0 ? 0 : (at * at * 31) >> 5))

/** A PNG of grain, with whatever text its camera wrote. `rows` fewer than `height` make a header that promises more. */
export const samplePng = (width: number, height: number, { text = '', rows = height } = {}): Bytes =>
  joinBytes(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', joinBytes(uint32(width), uint32(height), Uint8Array.of(8, 0, 0, 0, 0))),
    ...(text === '' ? [] : [chunk('tEXt', ascii(`Comment\0${text}`))]),
    chunk('IDAT', new Uint8Array(deflateSync(grain(width, rows)))),
    chunk('IEND', new Uint8Array()),
  )

const exif = (orientation: number, place: string): Bytes => {
  const ifd = Uint8Array.of(0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0)
  return joinBytes(ascii('Exif\0\0MM\0*'), uint32(8), ifd, ascii(place))
}

const segment = (marker: number, data: Uint8Array): Bytes =>
  joinBytes(Uint8Array.of(0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff), data)

/** A grey JPEG as a camera leaves it: place and orientation in its Exif, a comment, and something after its end. */
export const sampleJpeg = (width: number, height: number, { orientation = 1, place = '' } = {}): Bytes => {
  const size = Uint8Array.of(8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0)
  const oneCode = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  // Each block of 8 x 8 is two codes of one bit; 32 of them are eight bytes of zeros.
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8)
  return joinBytes(
    Uint8Array.of(0xff, 0xd8),
    segment(0xe1, exif(orientation, place)),
    segment(0xfe, ascii(`taken at ${place}`)),
    segment(0xdb, new Uint8Array(65).fill(1, 1)),
    segment(0xc0, size),
    segment(0xc4, joinBytes(Uint8Array.of(0x00), oneCode.subarray(0, 16), Uint8Array.of(0))),
    segment(0xc4, joinBytes(Uint8Array.of(0x10), oneCode.subarray(0, 16), Uint8Array.of(0))),
    segment(0xda, Uint8Array.of(1, 1, 0x00, 0, 63, 0)),
    new Uint8Array(Math.ceil(blocks / 4)),
    Uint8Array.of(0xff, 0xd9),
    ascii(`thumbnail of ${place}`),
  )
}

/** A WebP of one pixel's picture data, extended so that it carries Exif. */
export const sampleWebp = (width: number, height: number, place: string): Bytes => {
  const little = (value: number, bytes: number): Bytes =>
    Uint8Array.from({ length: bytes }, (_, place) => (value >> (8 * place)) & 0xff)
  const webpChunk = (name: string, data: Uint8Array): Bytes =>
    joinBytes(ascii(name), little(data.length, 4), data, new Uint8Array(data.length % 2))
  const header = joinBytes(Uint8Array.of(0x08, 0, 0, 0), little(width - 1, 3), little(height - 1, 3))
  const lossless = joinBytes(Uint8Array.of(0x2f), little((width - 1) | ((height - 1) << 14), 4), Uint8Array.of(7, 16))
  const body = joinBytes(
    ascii('WEBP'),
    webpChunk('VP8X', header),
    webpChunk('VP8L', lossless),
    webpChunk('EXIF', exif(1, place)),
  )
  return joinBytes(ascii('RIFF'), little(body.length, 4), body)
}
