import { postPage } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FeedDesk, openFeedDesk } from '../testing/feedDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let desk: FeedDesk
beforeAll(async () => {
  stage = await startTestKit()
  desk = await openFeedDesk(stage, stage.call)
}, 60_000)
afterAll(() => stage.close())

/** By the service's own call: a kit without a media store takes no media over HTTP. */
const create = (
  media: { uploadId: string; alt: string | null }[],
  change: { client_id?: string; request_hash?: string; media_kinds?: ('image' | 'video')[] } = {},
) =>
  stage.database.call('feed.create_post', {
    feed_id: desk.feedId,
    venue_id: stage.venue.venueId,
    post_id: crypto.randomUUID(),
    client_id: crypto.randomUUID(),
    author: { id: 'ada', name: 'Ada', avatarUrl: null },
    moderator: false,
    text: '',
    media,
    media_kinds: ['image', 'video'],
    request_hash: 'same',
    ...change,
  })
const item = (uploadId: string, alt: string | null = null) => ({ uploadId, alt })

test('a post shows its uploads in the order it named them, those on their way as processing', async () => {
  const image = await desk.upload('ada', { width: 800, height: 600 })
  const video = await desk.upload('ada', { kind: 'video', status: 'waiting', received_bytes: 10, url: null })
  await create([item(video), item(image, 'The stage')])
  const page = (await stage.call('GET', `/v1/feeds/${desk.feedId}/posts`)).read(postPage)
  expect(page.items[0]?.media).toMatchObject([
    { id: video, kind: 'video', status: 'processing', url: null, alt: null },
    { id: image, kind: 'image', status: 'ready', width: 800, height: 600, alt: 'The stage' },
  ])
})

test('the same post again is the first one, with its media; other media under its id are a conflict', async () => {
  const media = [item(await desk.upload('ada'))]
  const same = { client_id: crypto.randomUUID() }
  expect(await create(media, same)).toMatchObject({ outcome: 'created' })
  expect(await create(media, same)).toMatchObject({
    outcome: 'replayed',
    post: { media: [{ id: media[0]?.uploadId }] },
  })
  expect(await create([], { ...same, request_hash: 'other' })).toEqual({ outcome: 'idempotency_conflict' })
})

test('an upload stands in one post only, and only in one of its viewer and feed', async () => {
  const taken = item(await desk.upload('ada'))
  await create([taken])
  expect(await create([taken])).toMatchObject({ outcome: 'media_taken', place: 0 })
  const others = item(await desk.upload('eve'))
  expect(await create([item(await desk.upload('ada')), others])).toMatchObject({ outcome: 'media_not_found', place: 1 })
  const elsewhere = await openFeedDesk(stage, stage.call)
  expect(await create([item(await elsewhere.upload('ada'))])).toMatchObject({ outcome: 'media_not_found' })
  expect(await create([item(crypto.randomUUID())])).toMatchObject({ outcome: 'media_not_found' })
})

test('rejected, second and switched-off media are refused, and then nothing of the post is stored', async () => {
  const rejection = { reason: 'too_long', detail: 'The video lasts 31 s; 30 s is the most.' }
  const rejected = item(await desk.upload('ada', { kind: 'video', status: 'rejected', url: null, rejection }))
  const good = item(await desk.upload('ada'))
  expect(await create([good, rejected])).toMatchObject({ outcome: 'media_rejected', place: 1, rejection })
  const videos = [item(await desk.upload('ada', { kind: 'video' })), item(await desk.upload('ada', { kind: 'video' }))]
  expect(await create(videos)).toMatchObject({ outcome: 'second_video', place: 1 })
  expect(await create(videos.slice(1), { media_kinds: ['image'] })).toMatchObject({ outcome: 'media_switched_off' })
  expect(await create([good])).toMatchObject({ outcome: 'created' })
})

test('over HTTP a kit without a media store refuses media, and one upload twice in a post', async () => {
  const post = (media: unknown[]) =>
    stage.call('POST', `/v1/feeds/${desk.feedId}/posts`, {
      body: { clientId: crypto.randomUUID(), text: 'Look', media },
      bearer: 'viewer:ada',
    })
  const uploadId = await desk.upload('ada')
  expect((await post([{ uploadId }])).problem()).toMatchObject({ status: 403, code: 'forbidden' })
  expect((await post([{ uploadId }, { uploadId }])).problem()).toMatchObject({
    code: 'invalid_request',
    fields: { 'media.1.uploadId': expect.stringContaining('twice') },
  })
})
