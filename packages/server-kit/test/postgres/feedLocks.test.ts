import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { type FeedDesk, openFeedDesk } from '../../src/testing/feedDesk.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'
import { type HeldRows, holdRows } from './heldRows.ts'

let postgres: TestPostgres
let database: MigratableDatabase
let held: HeldRows
let desk: FeedDesk
const venueId = crypto.randomUUID()
beforeAll(async () => {
  postgres = await startTestPostgres()
  database = (await postgres.createDatabase()).open({ poolSize: 8 })
  held = await holdRows(database)
  await database.call('venuekit.create_venue', { venue_id: venueId, name: 'The Venue' })
})
beforeEach(async () => {
  await held.arrange()
  desk = await openFeedDesk({ database, venue: { venueId, key: '', origin: '' } }, () => {
    throw new Error('no API here')
  })
})
afterAll(async () => {
  await database.close()
  await postgres.stop()
})

const post = (uploads: string[] = [], text = 'hello') =>
  database.call('feed.create_post', {
    feed_id: desk.feedId,
    venue_id: venueId,
    post_id: crypto.randomUUID(),
    client_id: crypto.randomUUID(),
    author: { id: 'ada', name: 'Ada', avatarUrl: null },
    moderator: false,
    text,
    media: uploads.map(uploadId => ({ uploadId, alt: null })),
    media_kinds: ['image'],
    request_hash: text,
  })
const posted = async (uploads?: string[], text?: string): Promise<string> => {
  const answer = await post(uploads, text)
  if (!('post' in answer)) throw new Error(answer.outcome)
  return answer.post.id
}
const report = (postId: string, viewerId: string) =>
  database.call('feed.report_post', {
    post_id: postId,
    venue_id: venueId,
    report_id: crypto.randomUUID(),
    viewer_id: viewerId,
    viewer_name: viewerId,
    reason: 'spam',
    note: null,
  })
const react = (postId: string) =>
  database.call('feed.set_reaction', {
    post_id: postId,
    venue_id: venueId,
    viewer_id: 'eve',
    moderator: false,
    reacted: true,
  })
const remove = (postId: string) =>
  database.call('feed.delete_post', { post_id: postId, venue_id: venueId, viewer_id: 'ada', moderator: false })
const resolve = (postId: string, decision: 'keep' | 'remove') =>
  database.call('feed.resolve_reports', { feed_id: desk.feedId, post_id: postId, decision, actor: 'Mo', note: null })
const record = (uploadId: string) =>
  database.call('feed.record_upload', {
    store: 'test',
    store_key: uploadId,
    state: {
      status: 'ready',
      url: 'https://media.example/x.jpg',
      posterUrl: null,
      width: 10,
      height: 10,
      durationMs: null,
      contentType: 'image/jpeg',
    },
  })
const waiting = { status: 'processing', url: null }
const lockPost = (postId: string) => `select from feed.posts where post_id = '${postId}' for no key update`
const lockMedia = (uploadId: string) => `select from feed.media where upload_id = '${uploadId}' for no key update`

test('create_post waits for its uploads, and is of the moment at which it got them', async () => {
  const uploadId = await desk.upload('ada')
  expect(await held.waitFor({ hold: lockMedia(uploadId), call: () => post([uploadId]) })).toMatchObject({
    outcome: 'created',
  })
  expect(await held.staleTables()).toEqual([])
})

test('create_post takes its uploads by id, as every other post does', async () => {
  const ids = [0, 1, 2, 3, 4, 5].map(rank => `${rank}${crypto.randomUUID().slice(1)}`)
  for (const id of ids.toReversed()) await desk.upload('ada', { upload_id: id, store_key: id })
  const list = ids.map(id => `'${id}'`).join(', ')
  const answer = await held.waitFor({
    hold: lockMedia(ids[1] ?? ''),
    call: () => post(ids),
    // It has the first and waits for the second; the others are free.
    meanwhile: `do $$
      begin
        if 5 <> (select count(*) from (
          select from feed.media where upload_id in (${list}) for no key update skip locked
        ) free) then
          raise exception 'taken in another order';
        end if;
      end $$`,
  })
  expect(answer).toMatchObject({ outcome: 'created' })
})

test('record_upload waits for the upload, and is of the moment at which it got it', async () => {
  const uploadId = await desk.upload('ada', waiting)
  expect(await held.waitFor({ hold: lockMedia(uploadId), call: () => record(uploadId) })).toMatchObject({
    outcome: 'recorded',
  })
  expect(await held.staleTables()).toEqual([])
})

test('resolve_reports waits for the post, and decides at the moment at which it got it', async () => {
  const postId = await posted()
  await report(postId, 'eve')
  expect(await held.waitFor({ hold: lockPost(postId), call: () => resolve(postId, 'remove') })).toMatchObject({
    outcome: 'resolved',
  })
  expect(await held.staleTables()).toEqual([])
})

test('resolve_reports does not keep what its author takes away in this moment', async () => {
  const postId = await posted()
  await report(postId, 'eve')
  const answer = await held.waitFor({
    hold: `select feed.delete_post('${postId}', '${venueId}', 'ada', false)`,
    call: () => resolve(postId, 'keep'),
  })
  expect(answer).toEqual({ outcome: 'removed_already' })
})

const hide = (postId: string) => `select feed.delete_post('${postId}', '${venueId}', 'ada', false)`

test('lock_post finds no post that is taken away in this moment', async () => {
  const postId = await posted()
  expect(await held.waitFor({ hold: hide(postId), call: () => react(postId) })).toEqual({ outcome: 'not_found' })
})

test('delete_post takes a post away once', async () => {
  const postId = await posted()
  await held.waitFor({ hold: hide(postId), call: () => remove(postId) })
  const [row] = await database.withOwner(connection =>
    connection.query<{ version: number }>('select version from feed.posts where post_id = $1', [postId]),
  )
  expect(row).toEqual({ version: 2 })
})

test('cancel_upload does not give up what a post takes in this moment', async () => {
  const uploadId = await desk.upload('ada')
  const postId = await posted()
  const answer = await held.waitFor({
    hold: `update feed.media set post_id = '${postId}', ordinal = 0 where upload_id = '${uploadId}'`,
    call: () => database.call('feed.cancel_upload', { upload_id: uploadId, venue_id: venueId, viewer_id: 'ada' }),
  })
  expect(answer).toEqual({ outcome: 'taken' })
})

test('record_upload waits for the post with nothing in its hands', async () => {
  const uploadId = await desk.upload('ada', waiting)
  const postId = await posted([uploadId])
  const answer = await held.waitFor({
    hold: lockPost(postId),
    call: () => record(uploadId),
    meanwhile: `${lockMedia(uploadId)} nowait`,
  })
  expect(answer).toMatchObject({ outcome: 'recorded' })
})
