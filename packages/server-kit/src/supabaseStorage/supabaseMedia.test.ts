import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type MediaDesk, openMediaDesk } from '../testing/mediaDesk.ts'
import { sampleJpeg, samplePng } from '../testing/sampleImages.ts'
import { type SupabaseStandIn, startSupabaseStandIn } from '../testing/supabase/startSupabaseStandIn.ts'
import { supabaseMedia } from './supabaseMedia.ts'

let supabase: SupabaseStandIn
let desk: MediaDesk
let now = Date.now()

const bucketOf = (name: string) => supabase.storage.buckets.get(name)?.objects ?? new Map()
const connect = (key = supabase.serviceRoleKey) =>
  createClient(supabase.url, key, { auth: { persistSession: false, autoRefreshToken: false } })
const storeOf = (key?: string) =>
  supabaseMedia({
    client: connect(key),
    publicUrl: 'http://kit.test',
    secret: 'upload address secret of the tests!',
    clock: () => now,
  })

beforeAll(async () => {
  supabase = await startSupabaseStandIn()
  desk = await openMediaDesk({ media: { image: storeOf() } })
}, 60_000)
afterAll(async () => {
  await desk.close()
  await supabase.close()
})
beforeEach(() => {
  supabase.storage.isDown = false
  supabase.storage.buckets.set('venuekit-uploads', { isPublic: false, objects: new Map() })
  supabase.storage.buckets.set('venuekit-media', { isPublic: true, objects: new Map() })
})

const picture = samplePng(300, 200)
const range = (start: number, end: number, of = picture.length): string => `bytes ${start}-${end - 1}/${of}`

test('a picture sent in parts is examined, made public without what its camera wrote, and its parts go', async () => {
  const photo = sampleJpeg(640, 480, { place: 'N 50.1 E 8.6', orientation: 6 })
  const upload = await desk.open('image', photo.length)
  const first = await desk.put(upload, photo.slice(0, 100), range(0, 100, photo.length))
  expect([first.status, first.headers.get('range')]).toEqual([308, 'bytes=0-99'])
  expect((await desk.put(upload, photo.slice(100), range(100, photo.length, photo.length))).status).toBe(200)
  const { media } = await desk.read(upload.id)
  expect(media).toMatchObject({ kind: 'image', status: 'ready', width: 480, height: 640, durationMs: null })
  const shown = await fetch(media?.url ?? '')
  expect(shown.headers.get('content-type')).toBe('image/jpeg')
  expect(shown.headers.get('cache-control')).toBe('max-age=31536000')
  expect(Buffer.from(await shown.arrayBuffer()).includes('N 50.1')).toBe(false)
  expect(bucketOf('venuekit-uploads').size).toBe(0)
  expect((await desk.post(upload.id)).media).toMatchObject([{ status: 'ready' }])
})

test('after a broken connection the rest is sent, and a part at a wrong place is told where to go on', async () => {
  const upload = await desk.open('image', picture.length)
  let sent = false
  const broken = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent) controller.error(new Error('connection reset'))
      else controller.enqueue(picture.slice(0, 60))
      sent = true
    },
  })
  await desk.put(upload, broken, range(0, picture.length))
  const wrong = await desk.put(upload, picture.slice(200), range(200, picture.length))
  expect([wrong.status, wrong.headers.get('range')]).toEqual([308, 'bytes=0-59'])
  expect((await desk.put(upload, picture.slice(60), range(60, picture.length))).status).toBe(200)
  expect((await desk.put(upload, null, `bytes */${picture.length}`)).status).toBe(200)
  expect((await desk.read(upload.id)).status).toBe('ready')
})

test('two senders of one part: the first one’s bytes stay', async () => {
  const upload = await desk.open('image', picture.length)
  const answers = await Promise.all([0, 1].map(() => desk.put(upload, picture.slice(0, 80), range(0, 80))))
  expect(answers.map(answer => answer.headers.get('range'))).toEqual(['bytes=0-79', 'bytes=0-79'])
  await desk.put(upload, picture.slice(80), range(80, picture.length))
  expect((await desk.read(upload.id)).status).toBe('ready')
})

test('what is no picture is refused and removed, in both buckets', async () => {
  const upload = await desk.upload('image', new TextEncoder().encode('<svg onload="alert(1)"></svg>'.padEnd(200)))
  expect(upload).toMatchObject({ status: 'rejected', rejection: { reason: 'not_media' } })
  expect([bucketOf('venuekit-uploads').size, bucketOf('venuekit-media').size]).toEqual([0, 0])
})

test('more bytes than announced are refused, and a bad address is unknown', async () => {
  const upload = await desk.open('image', 50)
  expect((await desk.put(upload, picture, range(0, 50, 50))).status).toBe(413)
  const forged = { ...upload, uploadUrl: `${upload.uploadUrl?.slice(0, -1)}A` }
  expect((await desk.put(forged, picture, range(0, 50, 50))).status).toBe(404)
})

test('a deleted post takes its picture with it', async () => {
  const post = await desk.post((await desk.upload('image', picture)).id)
  expect(bucketOf('venuekit-media').size).toBe(1)
  await desk.stage.call('DELETE', `/v1/posts/${post.id}`, { bearer: 'viewer:ada' })
  await desk.runJob()
  expect(bucketOf('venuekit-media').size).toBe(0)
})

test('a Storage that is down, or refuses, is told apart; an unfinished upload goes on once it is back', async () => {
  const upload = await desk.open('image', picture.length)
  supabase.storage.isDown = true
  const failed = await desk.put(upload, picture, range(0, picture.length))
  expect(failed.status).toBeGreaterThanOrEqual(500)
  supabase.storage.isDown = false
  expect((await desk.put(upload, picture, range(0, picture.length))).status).toBe(200)
  const state = { storeKey: 'AAAAAAAAAAAAAAAAAAAAAA', kind: 'image', byteLength: 1 } as const
  expect(await storeOf().inspect(state)).toEqual({ status: 'gone' })
  const open = { uploadId: 'x', kind: 'image', contentType: 'image/png', byteLength: 1, origin: null } as const
  await expect(storeOf(supabase.anonKey).open(open)).rejects.toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('service role’s key'),
  })
  supabase.storage.buckets.delete('venuekit-uploads')
  await expect(storeOf().open(open)).rejects.toMatchObject({ message: expect.stringContaining('Make the buckets') })
  await expect(storeOf().open({ ...open, kind: 'video' })).rejects.toMatchObject({ kind: 'failed' })
})

test('what an upload left that nobody knows of goes after its day', async () => {
  const store = storeOf()
  const open = { uploadId: 'x', kind: 'image', contentType: 'image/png', byteLength: 9, origin: null } as const
  const before = now
  await store.open(open)
  now += 86_400_000
  const { storeKey } = await store.open(open)
  now += 2 * 86_400_000
  await store.sweep?.()
  expect([...bucketOf('venuekit-uploads').keys()]).toEqual([expect.stringContaining(storeKey)])
  now = before
})
