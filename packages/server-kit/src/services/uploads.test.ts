import { afterAll, beforeAll, expect, test } from 'vitest'
import { staticFlags } from '../adapters/staticFlags.ts'
import { localMedia } from '../localMedia/index.ts'
import { type MediaDesk, openMediaDesk } from '../testing/mediaDesk.ts'
import { samplePng } from '../testing/sampleImages.ts'

let desk: MediaDesk
beforeAll(async () => {
  desk = await openMediaDesk()
}, 60_000)
afterAll(() => desk.close())

const picture = samplePng(60, 40)
const day = 86_400_000

const claim = (change: Record<string, unknown> = {}) => ({
  uploadId: crypto.randomUUID(),
  feedId: desk.feed.feedId,
  kind: 'image',
  contentType: 'image/png',
  byteLength: picture.length,
  ...change,
})
const create = (body: unknown, bearer = 'viewer:ada') => desk.stage.call('POST', '/v1/uploads', { body, bearer })
const cancel = (uploadId: string, bearer = 'viewer:ada') =>
  desk.stage.call('DELETE', `/v1/uploads/${uploadId}`, { bearer })
const countRows = async (): Promise<unknown> =>
  desk.stage.database.withOwner(connection =>
    connection.query(
      'select (select count(*)::int from feed.media) as media, (select count(*)::int from feed.media_removals) as removals',
    ),
  )
const folders = async (): Promise<number> => (await desk.files()).length

test('the same upload opened again is the same one; other facts, or another person, are a conflict', async () => {
  const body = claim()
  const first = await create(body)
  expect((await create(body)).body).toEqual(first.body)
  for (const answer of [
    await create({ ...body, byteLength: picture.length + 1 }),
    await create({ ...body, contentType: 'image/jpeg' }),
    await create(body, 'viewer:eve'),
  ]) {
    expect(answer.problem()).toMatchObject({ code: 'idempotency_conflict' })
  }
  await cancel(body.uploadId)
})

test('the same upload opened many times at once is one upload', async () => {
  const body = claim()
  const answers = await Promise.all([1, 2, 3, 4].map(() => create(body)))
  const addresses = new Set(answers.map(({ body: answer }) => JSON.stringify(answer)))
  expect(addresses.size).toBe(1)
  await cancel(body.uploadId)
})

test('nobody else is told of an upload, or may cancel it', async () => {
  const body = claim()
  await create(body)
  const read = await desk.stage.call('GET', `/v1/uploads/${body.uploadId}`, { bearer: 'viewer:eve' })
  expect(read.problem()).toMatchObject({ code: 'not_found' })
  expect((await cancel(body.uploadId, 'viewer:eve')).status).toBe(204)
  expect(await desk.read(body.uploadId)).toMatchObject({ status: 'waiting' })
  await cancel(body.uploadId)
})

test('a cancelled upload leaves nothing, takes no more bytes, and its id is free again', async () => {
  const body = claim()
  const upload = await desk.open('image', picture.length, body)
  await desk.put(upload, picture.slice(0, 50), `bytes 0-49/${picture.length}`)
  for (let round = 0; round < 2; round += 1) expect((await cancel(upload.id)).status).toBe(204)
  expect(await desk.files()).toEqual([])
  expect((await desk.put(upload, picture)).status).toBe(404)
  expect(await desk.upload('image', picture, body)).toMatchObject({ status: 'ready' })
  await cancel(upload.id)
  expect(await countRows()).toEqual([{ media: 0, removals: 0 }])
})

test('an upload that a post shows is not cancelled; it goes with its post', async () => {
  const { id, media } = await desk.upload('image', picture, { contentType: 'image/png' })
  const post = await desk.post(id)
  expect((await cancel(id)).problem()).toMatchObject({ code: 'conflict' })
  await desk.stage.call('DELETE', `/v1/posts/${post.id}`, { bearer: 'moderator:mod' })
  await desk.runJob()
  expect((await desk.fetch(media?.url)).status).toBe(404)
  expect(await desk.files()).toEqual([])
})

test('what a killed process left is finished by the next run, and the run after that finds nothing', async () => {
  const kept = await desk.upload('image', picture)
  const post = await desk.post(kept.id)
  await desk.stage.call('DELETE', `/v1/posts/${post.id}`, { bearer: 'viewer:ada' })
  // Killed after taking the removal, before the disk was touched.
  const { removals } = await desk.stage.database.call('feed.take_media_removals', {
    stores: ['local'],
    max_removals: 10,
    worker: 'the killed one',
    lease_seconds: 300,
  })
  expect(removals).toHaveLength(1)
  expect(await desk.runJob()).toMatchObject({ removed: 0 })
  expect(await folders()).toBe(1)
  await desk.advance(300_000)
  expect(await desk.runJob()).toMatchObject({ removed: 1 })
  expect(await desk.files()).toEqual([])
  expect(await desk.runJob()).toMatchObject({ removed: 0, kept: 0 })
})

test('bytes that were in when the process died are worked on by the job', async () => {
  const upload = await desk.open('image', picture.length)
  const token = upload.uploadUrl?.split('/').pop() ?? ''
  const other = localMedia({
    folder: desk.folder,
    publicUrl: 'http://kit.test',
    secret: 'upload address secret of the tests!',
  })
  const address = await other.bytes?.address(token)
  if (!address) throw new Error('the address is not known')
  const body = new Blob([picture]).stream() as ReadableStream<Uint8Array>
  await other.bytes?.receive(address, { start: 0, length: picture.length, body })
  // Once killed before the work on them, once after it and before it was written down.
  for (const interrupted of [false, true]) {
    if (interrupted) await other.inspect({ storeKey: address.storeKey, kind: 'image', byteLength: picture.length })
  }
  await desk.advance(120_000)
  expect(await desk.runJob()).toMatchObject({ followed: 1, failed: 0 })
  expect(await desk.read(upload.id)).toMatchObject({ status: 'ready', media: { width: 60, height: 40 } })
  await cancel(upload.id)
})

test('what no post took within a day is removed, finished or not; its row follows a day later', async () => {
  const finished = await desk.upload('image', picture)
  const begun = await desk.open('image', picture.length)
  await desk.put(begun, picture.slice(0, 9), `bytes 0-8/${picture.length}`)
  await desk.advance(day - 600_000)
  expect(await desk.runJob()).toMatchObject({ abandoned: 0 })
  const taken = await desk.upload('image', picture)
  await desk.post(taken.id, 'stays')
  await desk.advance(600_000)
  expect(await desk.runJob()).toMatchObject({ abandoned: 2, removed: 2 })
  expect(await desk.files()).toEqual([`files/${taken.media?.url?.split('/').pop()}`])
  expect((await desk.put(begun, picture)).status).toBe(404)
  const post = { clientId: crypto.randomUUID(), text: 'late', media: [{ uploadId: finished.id }] }
  const late = await desk.stage.call('POST', `/v1/feeds/${desk.feed.feedId}/posts`, {
    body: post,
    bearer: 'viewer:ada',
  })
  expect(late.problem()).toMatchObject({ code: 'invalid_request' })
  await desk.advance(day)
  await desk.runJob()
  expect(await countRows()).toEqual([{ media: 1, removals: 0 }])
})

test('one person has a dozen uploads under way at most', async () => {
  const opened = await Promise.all(Array.from({ length: 12 }, () => desk.open('image', 100)))
  expect((await create(claim())).problem()).toMatchObject({ code: 'limit_exceeded' })
  expect((await create(claim(), 'viewer:eve')).status).toBe(200)
  for (const upload of opened) await cancel(upload.id)
  expect((await create(claim())).status).toBe(200)
})

test('switched off is off: no upload is opened', async () => {
  const off = await openMediaDesk({ flags: staticFlags({ video: false }) })
  const body = { ...claim(), feedId: off.feed.feedId, kind: 'video', contentType: 'video/mp4' }
  const answer = await off.stage.call('POST', '/v1/uploads', { body, bearer: 'viewer:ada' })
  expect(answer.problem()).toMatchObject({ code: 'forbidden' })
  expect((await off.open('image', 10)).status).toBe('waiting')
  await off.close()
})

test('a post of a picture changes for all once the picture is ready', async () => {
  const upload = await desk.open('image', picture.length)
  const post = await desk.post(upload.id, 'soon')
  expect(post).toMatchObject({ version: 1, media: [{ status: 'processing', url: null }] })
  const { cursor } = await desk.stage.database
    .call('feed.read_changes', { after: null, page_size: 10 })
    .then(answer => {
      if (answer.outcome === 'bad_cursor') throw new Error('no cursor')
      return answer
    })
  await desk.put(upload, picture)
  const told = await desk.stage.database.call('feed.read_changes', { after: cursor, page_size: 10 })
  expect(told).toMatchObject({
    changes: [{ kind: 'post', postId: post.id, post: { version: 2, media: [{ status: 'ready', width: 60 }] } }],
  })
})
