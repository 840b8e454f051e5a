import type { Post, Upload } from '@venuekit/core/contracts'
import { hostRoutes, postPage } from '@venuekit/core/contracts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { HttpAnswer } from '../testing/httpCaller.ts'
import { type MediaDesk, openMediaDesk } from '../testing/mediaDesk.ts'
import { type MuxStandIn, muxTestSecret, muxTestToken, startMuxStandIn } from '../testing/muxStandIn.ts'
import { muxMedia } from './index.ts'
import type { MuxAsset } from './muxObjects.ts'

let mux: MuxStandIn
let desk: MediaDesk
beforeAll(async () => {
  mux = await startMuxStandIn()
  const video = muxMedia({ ...muxTestToken, webhookSecrets: ['an older secret', muxTestSecret], apiBase: mux.url })
  desk = await openMediaDesk({ media: { video } })
}, 60_000)
beforeEach(() => {
  mux.isDown = false
  mux.requests.length = 0
})
afterAll(async () => {
  await desk.close()
  await mux.close()
})

const keyOf = (upload: Upload): string => upload.uploadUrl?.split('/').pop() ?? ''

const send = async (event: unknown, change?: Parameters<MuxStandIn['sign']>[1]): Promise<HttpAnswer> => {
  const { body, signature } = await mux.sign(event, change)
  return desk.stage.call('POST', hostRoutes.muxWebhook.path, {
    rawBody: body,
    key: null,
    origin: null,
    headers: { 'mux-signature': signature },
  })
}
const tellAsset = (type: string, asset: MuxAsset) =>
  send({ type, object: { type: 'asset', id: asset.id }, data: { ...asset } })
const tellUpload = (type: string, id: string) => send({ type, object: { type: 'upload', id }, data: { id } })

const findPost = async (id: string): Promise<Post | undefined> => {
  const page = await desk.stage.call('GET', `/v1/feeds/${desk.feed.feedId}/posts`)
  return page.read(postPage).items.find(post => post.id === id)
}

test('an upload goes to Mux directly, for the page that asked, and its post shows it once it plays', async () => {
  const upload = await desk.open('video', 5_000_000)
  const asked = mux.uploads.get(keyOf(upload))?.asked
  expect(asked).toMatchObject({
    cors_origin: desk.stage.venue.origin,
    new_asset_settings: {
      playback_policies: ['public'],
      static_renditions: [{ resolution: 'highest' }],
      passthrough: upload.id,
    },
  })
  const post = await desk.post(upload.id, 'Soundcheck')
  expect(post.media).toMatchObject([{ kind: 'video', status: 'processing' }])
  const asset = mux.createAsset(keyOf(upload))
  expect((await tellUpload('video.upload.asset_created', keyOf(upload))).body).toEqual({ status: 'done' })
  expect(await desk.read(upload.id)).toMatchObject({ status: 'processing' })
  mux.makeReady(asset)
  await tellAsset('video.asset.ready', asset)
  const shown = await findPost(post.id)
  expect(shown?.version).toBe(post.version + 1)
  expect(shown?.media).toMatchObject([
    {
      status: 'ready',
      url: `https://stream.mux.com/${asset.playback_ids?.[0]?.id}/highest.mp4`,
      posterUrl: `https://image.mux.com/${asset.playback_ids?.[0]?.id}/thumbnail.jpg`,
      width: 1080,
      height: 1920,
      durationMs: 12_500,
    },
  ])
})

test('news twice, late and in another order change nothing that came before', async () => {
  const upload = await desk.open('video', 1000)
  const asset = mux.createAsset(keyOf(upload))
  mux.makeReady(asset)
  const post = await desk.post(upload.id)
  await tellAsset('video.asset.ready', asset)
  const version = (await findPost(post.id))?.version
  for (let round = 0; round < 2; round += 1) {
    await tellUpload('video.upload.asset_created', keyOf(upload))
    await tellAsset('video.asset.created', { ...asset, status: 'preparing' })
    await tellAsset('video.asset.ready', asset)
  }
  expect(await findPost(post.id)).toMatchObject({ version, media: [{ status: 'ready' }] })
})

test('a rendition that becomes ready after its asset is found by the asset', async () => {
  const upload = await desk.open('video', 1000)
  const asset = mux.createAsset(keyOf(upload))
  mux.makeReady(asset, { static_renditions: { files: [{ name: 'highest.mp4', status: 'preparing' }] } })
  await tellAsset('video.asset.ready', asset)
  expect(await desk.read(upload.id)).toMatchObject({ status: 'processing' })
  mux.makeReady(asset)
  await send({ type: 'video.asset.static_rendition.ready', data: { id: 'rendition', asset_id: asset.id } })
  expect(await desk.read(upload.id)).toMatchObject({ status: 'ready' })
})

test('a video longer than 30 seconds is rejected, deleted at Mux, and its wordless post goes', async () => {
  const upload = await desk.open('video', 1000)
  const post = await desk.post(upload.id)
  const asset = mux.createAsset(keyOf(upload))
  mux.makeReady(asset, { duration: 31.2 })
  await tellAsset('video.asset.ready', asset)
  expect(await desk.read(upload.id)).toMatchObject({ status: 'rejected', rejection: { reason: 'too_long' } })
  expect(mux.assets.has(asset.id)).toBe(false)
  expect(await findPost(post.id)).toBeUndefined()
})

test('what Mux cannot read is rejected in words; a post with text stays and says so', async () => {
  const upload = await desk.open('video', 1000)
  const post = await desk.post(upload.id, 'Look at this')
  const asset = mux.createAsset(keyOf(upload))
  Object.assign(asset, { status: 'errored', errors: { type: 'invalid_input' } })
  await tellAsset('video.asset.errored', asset)
  expect(await desk.read(upload.id)).toMatchObject({ status: 'rejected', rejection: { reason: 'not_media' } })
  expect(await findPost(post.id)).toMatchObject({ text: 'Look at this', media: [{ status: 'failed', url: null }] })
})

test('a deleted post’s video is deleted at Mux, also where Mux was down at first', async () => {
  const upload = await desk.open('video', 1000)
  const asset = mux.createAsset(keyOf(upload))
  mux.makeReady(asset)
  await tellAsset('video.asset.ready', asset)
  const post = await desk.post(upload.id)
  await desk.stage.call('DELETE', `/v1/posts/${post.id}`, { bearer: 'viewer:ada' })
  mux.isDown = true
  expect(await desk.runJob()).toMatchObject({ removed: 0, kept: 1 })
  mux.isDown = false
  await desk.advance(60_000)
  expect(await desk.runJob()).toMatchObject({ removed: 1, kept: 0 })
  expect(mux.assets.has(asset.id)).toBe(false)
})

test('a cancelled upload is cancelled at Mux; an asset that came first is deleted', async () => {
  const waiting = await desk.open('video', 1000)
  await desk.stage.call('DELETE', `/v1/uploads/${waiting.id}`, { bearer: 'viewer:ada' })
  expect(mux.uploads.get(keyOf(waiting))?.status).toBe('cancelled')
  const sent = await desk.open('video', 1000)
  const asset = mux.createAsset(keyOf(sent))
  await desk.stage.call('DELETE', `/v1/uploads/${sent.id}`, { bearer: 'viewer:ada' })
  expect(mux.assets.has(asset.id)).toBe(false)
})

test('lost news are asked for by the job', async () => {
  const upload = await desk.open('video', 1000)
  const post = await desk.post(upload.id)
  mux.makeReady(mux.createAsset(keyOf(upload)))
  await desk.advance(120_000)
  expect(await desk.runJob()).toMatchObject({ failed: 0 })
  expect((await findPost(post.id))?.media).toMatchObject([{ status: 'ready' }])
})

test('a forged, stale or unsigned webhook is refused, an event about nobody’s upload is taken', async () => {
  const event = { type: 'video.asset.ready', data: { id: 'as_1', upload_id: 'up_nobody' } }
  const old = Math.floor(Date.now() / 1000) - 400
  const answers = [
    await send(event, { secret: 'somebody else' }),
    await send(event, { timestamp: old }),
    await send(event, { timestamp: old + 800 }),
    await desk.stage.call('POST', hostRoutes.muxWebhook.path, { rawBody: '{}', key: null, origin: null }),
  ]
  for (const answer of answers) expect(answer.problem()).toMatchObject({ code: 'invalid_request' })
  expect(mux.requests).toEqual([])
  expect((await send(event)).body).toEqual({ status: 'ignored' })
  expect((await send({ type: 'video.live_stream.active', data: { id: 'x' } })).body).toEqual({ status: 'ignored' })
})

test('where Mux is down an upload is refused as something to try again, and an event is told again', async () => {
  const upload = await desk.open('video', 1000)
  mux.isDown = true
  const body = {
    uploadId: crypto.randomUUID(),
    feedId: desk.feed.feedId,
    kind: 'video',
    contentType: 'video/mp4',
    byteLength: 9,
  }
  const answer = await desk.stage.call('POST', '/v1/uploads', { body, bearer: 'viewer:ada' })
  expect(answer.problem()).toMatchObject({ code: 'gateway_unavailable', retryable: true })
  expect((await tellUpload('video.upload.asset_created', keyOf(upload))).status).toBe(502)
})

test('a kit without a store for images refuses them', async () => {
  const body = {
    uploadId: crypto.randomUUID(),
    feedId: desk.feed.feedId,
    kind: 'image',
    contentType: 'image/png',
    byteLength: 9,
  }
  const answer = await desk.stage.call('POST', '/v1/uploads', { body, bearer: 'viewer:ada' })
  expect(answer.problem()).toMatchObject({ code: 'forbidden' })
})
