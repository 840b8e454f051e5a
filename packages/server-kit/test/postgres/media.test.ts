import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'

let postgres: TestPostgres
let database: MigratableDatabase
const venueId = crypto.randomUUID()
const feedId = crypto.randomUUID()

beforeAll(async () => {
  postgres = await startTestPostgres()
  database = (await postgres.createDatabase()).open({ poolSize: 12 })
  await database.call('venuekit.create_venue', { venue_id: venueId, name: 'The Venue' })
  await database.call('feed.create_feed', { feed_id: feedId, venue_id: venueId, name: 'News' })
})
afterAll(async () => {
  await database.close()
  await postgres.stop()
})

const open = (uploadId: string, storeKey = uploadId) =>
  database.call('feed.create_upload', {
    upload_id: uploadId,
    venue_id: venueId,
    feed_id: feedId,
    viewer_id: 'ada',
    kind: 'video',
    content_type: 'video/mp4',
    byte_length: 1000,
    store: 'disk',
    store_key: storeKey,
    upload_url: 'https://media.example/up',
    max_open: 1000,
  })
const create = (uploadId: string, postId: string) =>
  database.call('feed.create_post', {
    feed_id: feedId,
    venue_id: venueId,
    post_id: postId,
    client_id: postId,
    author: { id: 'ada', name: 'Ada', avatarUrl: null },
    moderator: false,
    text: '',
    media: [{ uploadId, alt: null }],
    media_kinds: ['video'],
    request_hash: postId,
  })
const tellReady = (uploadId: string) =>
  database.call('feed.record_upload', {
    store: 'disk',
    store_key: uploadId,
    state: {
      status: 'ready',
      url: `https://media.example/${uploadId}.mp4`,
      posterUrl: null,
      contentType: 'video/mp4',
      width: 320,
      height: 192,
      durationMs: 6000,
    },
  })
const tellRejected = (uploadId: string) =>
  database.call('feed.record_upload', {
    store: 'disk',
    store_key: uploadId,
    state: { status: 'rejected', rejection: { reason: 'too_long', detail: 'too long' } },
  })
const cancel = (uploadId: string) =>
  database.call('feed.cancel_upload', { upload_id: uploadId, venue_id: venueId, viewer_id: 'ada' })
const remove = (postId: string) =>
  database.call('feed.delete_post', { post_id: postId, venue_id: venueId, viewer_id: 'ada', moderator: false })

const shuffled = <Item>(items: readonly Item[]): Item[] =>
  items
    .map(item => ({ item, at: Math.random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item)

/** What must never be, whatever came in which order. */
const faults = () =>
  database.withOwner(connection =>
    connection.query(
      `select m.upload_id, m.status, m.post_id, m.removed_at, p.deleted_at, p.version, r.store_key as queued
       from feed.media m
       left join feed.posts p on p.post_id = m.post_id
       left join feed.media_removals r on r.store = m.store and r.store_key = m.store_key
       where (m.status = 'rejected' or p.deleted_at is not null) <> (m.removed_at is not null)
         or (m.removed_at is not null) <> (r.store_key is not null)
         -- A wordless post whose only video was rejected is gone.
         or (m.status = 'rejected' and m.post_id is not null and p.deleted_at is null)
         -- News that changed what a post shows made a version of it.
         or (m.status = 'ready' and p.deleted_at is null and m.changed_at > p.created_at and p.version = 1)`,
    ),
  )

test('posts, cancellations, deletions and news of one upload at once leave it shown or let go, never between', async () => {
  for (let round = 0; round < 60; round += 1) {
    const uploadId = crypto.randomUUID()
    const postId = crypto.randomUUID()
    await open(uploadId)
    const steps = [
      () => create(uploadId, postId),
      () => (round % 2 ? tellReady(uploadId) : tellRejected(uploadId)),
      () => tellReady(uploadId),
      ...(round % 3 === 0 ? [() => cancel(uploadId)] : []),
      ...(round % 5 === 0 ? [() => remove(postId), () => remove(postId)] : []),
    ]
    await Promise.all(shuffled(steps).map(step => step()))
    if (round % 7 === 0) await remove(postId)
  }
  expect(await faults()).toEqual([])
})

test('an upload opened by many at once has one row and one place in its store', async () => {
  const uploadId = crypto.randomUUID()
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => open(uploadId, `${uploadId}-${index}`)))
  const keys = new Set(answers.map(answer => ('upload' in answer ? answer.upload.storeKey : answer.outcome)))
  expect(keys.size).toBe(1)
  expect(answers.filter(({ outcome }) => outcome === 'created')).toHaveLength(1)
})

test('two workers share the removals: each is given up by one of them', async () => {
  const take = (worker: string) =>
    database.call('feed.take_media_removals', { stores: ['disk'], max_removals: 5, worker, lease_seconds: 60 })
  const taken: string[] = []
  for (;;) {
    const rounds = await Promise.all([take('one'), take('two'), take('three')])
    const keys = rounds.flatMap(({ removals }) => removals.map(({ storeKey }) => storeKey))
    if (keys.length === 0) break
    taken.push(...keys)
  }
  expect(taken.length).toBeGreaterThan(10)
  expect(new Set(taken).size).toBe(taken.length)
})
