import type { Upload } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MediaDesk, openMediaDesk } from '../testing/mediaDesk.ts'
import { sampleJpeg, samplePng } from '../testing/sampleImages.ts'
import { createSampleVideo } from '../testing/sampleVideo/createSampleVideo.ts'

let desk: MediaDesk
beforeAll(async () => {
  desk = await openMediaDesk()
}, 60_000)
afterAll(() => desk.close())

const words = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

const expectRejected = async (upload: Upload, reason: string, detail: RegExp, at = desk): Promise<void> => {
  expect(upload).toMatchObject({ status: 'rejected', uploadUrl: null, media: null, rejection: { reason } })
  expect(upload.rejection?.detail).toMatch(detail)
  expect(await at.files()).toEqual([])
}

test('a video of 31 seconds is refused by its own length, and nothing of it stays on the disk', async () => {
  await expectRejected(
    await desk.upload('video', await createSampleVideo({ seconds: 31 })),
    'too_long',
    /31 seconds.*30/,
  )
})

test('text named as a video or a picture is no media', async () => {
  const text = words('This is not a video. '.repeat(100))
  await expectRejected(await desk.upload('video', text), 'not_media', /no video/)
  await expectRejected(await desk.upload('image', text), 'not_media', /no image/)
})

test('markup that draws is refused, as what it is', async () => {
  const svg = words('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>')
  await expectRejected(await desk.upload('image', svg), 'wrong_type', /SVG/)
})

test('a picture that would fill the memory is refused by its header', async () => {
  const bomb = samplePng(30_000, 30_000, { rows: 1 })
  expect(bomb.length).toBeLessThan(100_000)
  await expectRejected(await desk.upload('image', bomb), 'dimensions', /30000 × 30000/)
})

test.each([
  ['a PNG', () => samplePng(200, 200).slice(0, -14)],
  ['a JPEG', () => sampleJpeg(200, 200).slice(0, 300)],
] as const)('%s that ends too early is refused', async (_name, make) => {
  await expectRejected(await desk.upload('image', make()), 'truncated', /part of the file is missing/)
})

test('a video that ends too early is refused', async () => {
  const video = await createSampleVideo({ seconds: 2 })
  await expectRejected(await desk.upload('video', video.slice(0, video.length / 2)), 'truncated', /missing/)
})

test('a video whose tables would keep a processor busy for ever is given up', async () => {
  const video = await createSampleVideo({ seconds: 1 })
  const table = Buffer.from(video).indexOf('stsc')
  new DataView(video.buffer).setUint32(table + 16, 0xffffffff)
  const hasty = await openMediaDesk({}, 2000)
  await expectRejected(await hasty.upload('video', video), 'unreadable', /damaged/, hasty)
  await hasty.close()
})

test('an upload that was cut off is not ready, and its post says so', async () => {
  const picture = sampleJpeg(64, 64)
  const upload = await desk.open('image', picture.length)
  const answer = await desk.put(upload, picture.slice(0, 100))
  expect(answer.status).toBe(308)
  expect(await desk.read(upload.id)).toMatchObject({ status: 'waiting', receivedBytes: 100, media: null })
  expect((await desk.post(upload.id, 'look')).media).toMatchObject([{ status: 'processing', url: null }])
  expect((await desk.put(upload, picture.slice(100), `bytes 100-${picture.length - 1}/${picture.length}`)).status).toBe(
    200,
  )
  expect(await desk.read(upload.id)).toMatchObject({ status: 'ready' })
})

test.each([
  ['application/pdf', 100, 'contentType'],
  ['image/svg+xml', 100, 'contentType'],
  ['image/png', 20_000_001, 'byteLength'],
])('an upload that claims %s of %i bytes is refused before a byte is sent', async (contentType, byteLength, field) => {
  const body = { uploadId: crypto.randomUUID(), feedId: desk.feed.feedId, kind: 'image', contentType, byteLength }
  const answer = await desk.stage.call('POST', '/v1/uploads', { body, bearer: 'viewer:ada' })
  expect(answer.problem()).toMatchObject({ code: 'media_rejected', fields: { [field]: expect.any(String) } })
})
