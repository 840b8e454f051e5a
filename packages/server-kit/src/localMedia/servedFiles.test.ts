import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MediaDesk, openMediaDesk } from '../testing/mediaDesk.ts'
import { sampleJpeg, samplePng, sampleWebp } from '../testing/sampleImages.ts'
import { createSampleVideo } from '../testing/sampleVideo/createSampleVideo.ts'

let desk: MediaDesk
beforeAll(async () => {
  desk = await openMediaDesk()
}, 60_000)
afterAll(() => desk.close())

const bytesOf = async (url: string | null | undefined): Promise<Uint8Array> =>
  new Uint8Array(await (await desk.fetch(url)).arrayBuffer())
const textOf = async (url: string | null | undefined): Promise<string> =>
  Buffer.from(await bytesOf(url)).toString('latin1')

test('a video is served whole, in ranges and from its end, to keep for ever, to pages anywhere', async () => {
  const video = await createSampleVideo({ seconds: 2 })
  const { media } = await desk.upload('video', video)
  expect(media).toMatchObject({ kind: 'video', width: 320, height: 192, durationMs: 2000, posterUrl: null })
  const whole = await desk.fetch(media?.url)
  const bytes = new Uint8Array(await whole.arrayBuffer())
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'video/mp4',
    'content-length': String(bytes.length),
    'accept-ranges': 'bytes',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
  })
  expect(whole.headers.get('content-disposition')).toMatch(/^inline; filename="[\w-]{22}\.mp4"$/)
  expect(whole.headers.get('content-security-policy')).toContain("default-src 'none'")
  for (const [range, start, end] of [
    ['bytes=0-1', 0, 2],
    ['bytes=100-', 100, bytes.length],
    ['bytes=-50', bytes.length - 50, bytes.length],
    ['bytes=5-99999999', 5, bytes.length],
  ] as const) {
    const part = await desk.fetch(media?.url, { headers: { range } })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${bytes.length}`)
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.slice(start, end))
  }
  const beyond = await desk.fetch(media?.url, { headers: { range: `bytes=${bytes.length}-` } })
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`])
  const known = await desk.fetch(media?.url, { headers: { 'if-none-match': whole.headers.get('etag') ?? '' } })
  expect(known.status).toBe(304)
  const head = await desk.fetch(media?.url, { method: 'HEAD' })
  expect([head.headers.get('content-length'), await head.text()]).toEqual([String(bytes.length), ''])
})

test('a video plays before it is loaded, and does not tell where it was taken', async () => {
  const video = await createSampleVideo({ seconds: 1, container: 'mov', place: 'VENUE+41.9-87.6' })
  expect(Buffer.from(video).toString('latin1')).toContain('VENUE+41.9-87.6')
  const { media } = await desk.upload('video', video, { contentType: 'video/quicktime' })
  const text = await textOf(media?.url)
  expect(media?.url).toMatch(/\.mp4$/)
  expect(text).not.toContain('VENUE+41.9-87.6')
  expect(text.indexOf('moov')).toBeLessThan(text.indexOf('mdat'))
})

test.each([
  ['JPEG', sampleJpeg(640, 480, { place: 'PLACE-OF-ADA' }), 'image/jpeg'],
  ['PNG', samplePng(640, 480, { text: 'PLACE-OF-ADA' }), 'image/png'],
  ['WebP', sampleWebp(640, 480, 'PLACE-OF-ADA'), 'image/webp'],
] as const)('a %s keeps its picture and loses what its camera wrote into it', async (_name, picture, contentType) => {
  expect(Buffer.from(picture).toString('latin1')).toContain('PLACE-OF-ADA')
  const { media } = await desk.upload('image', picture, { contentType })
  expect(media).toMatchObject({ status: 'ready', width: 640, height: 480 })
  expect((await desk.fetch(media?.url)).headers.get('content-type')).toBe(contentType)
  expect(await textOf(media?.url)).not.toContain('PLACE-OF-ADA')
})

test('a picture that lies on its side is told upright, and still turned by whoever shows it', async () => {
  const { media } = await desk.upload('image', sampleJpeg(640, 480, { orientation: 6, place: 'PLACE-OF-ADA' }))
  expect(media).toMatchObject({ width: 480, height: 640 })
  const text = await textOf(media?.url)
  expect(text).toContain('Exif')
  expect(text).not.toContain('PLACE-OF-ADA')
})

test('a PNG that claims to be a JPEG is served as what it is', async () => {
  const { media } = await desk.upload('image', samplePng(10, 10), { contentType: 'image/jpeg' })
  expect(media?.url).toMatch(/\.png$/)
  expect((await desk.fetch(media?.url)).headers.get('content-type')).toBe('image/png')
})

test.each([
  ['/media/..%2fsecrets.json'],
  ['/media/aaaaaaaaaaaaaaaaaaaaaa.html'],
  ['/media/aaaaaaaaaaaaaaaaaaaaaa.mp4'],
  ['/media/uploads'],
])('%s is no file', async path => {
  expect((await desk.fetch(`http://kit.test${path}`)).status).toBe(404)
})
