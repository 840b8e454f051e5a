import { expect, test } from 'vitest'
import { createClient } from '../client/createClient.ts'
import type { LiveMessage } from '../contracts/live.ts'
import { routes } from '../contracts/routes.ts'
import { createTestVenue, type TestVenueOptions } from './createTestVenue.ts'
import { newTestEvent, newTestTier } from './newTestEvent.ts'
import { newTestFeed } from './newTestFeed.ts'

const feed = newTestFeed()
const event = newTestEvent()

const open = (options: TestVenueOptions = {}) => {
  const venue = createTestVenue({ feeds: [feed], events: [event], ...options })
  const { apiUrl, publishableKey, fetch } = venue
  const clientOf = (token: string | null) => createClient({ apiUrl, publishableKey, fetch, getToken: () => token })
  return { venue, clientOf, ada: clientOf('viewer:ada') }
}

const order = {
  eventId: event.id,
  items: [{ tierId: event.tiers[0]?.id ?? '', quantity: 2 }],
  buyer: { name: 'Ada', email: 'ada@example.com' },
  returnUrl: 'https://app.example/thanks',
}
const post = (text: string) => ({ params: { feedId: feed.id }, body: { clientId: crypto.randomUUID(), text } })

/** What the stream tells until there are so many messages. */
const read = async (stream: ReadableStream<Uint8Array>, count: number): Promise<LiveMessage[]> => {
  const messages: LiveMessage[] = []
  for await (const chunk of stream) {
    const data = /^data: (.+)$/m.exec(new TextDecoder().decode(chunk))?.[1]
    if (data !== undefined) messages.push(JSON.parse(data))
    if (messages.length === count) break
  }
  return messages
}

test('every route of the contract answers something of its own', async () => {
  const { venue } = open()
  for (const { method, path } of Object.values(routes)) {
    const request = new Request(venue.apiUrl + path.replace(/:\w+/g, feed.id), { method })
    const problem = await (await venue.fetch(request)).json()
    expect(problem).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('publishable key') })
  }
  expect(venue.requests.map(({ route }) => route)).toEqual(Object.keys(routes))
})

test('faults strike one after the other, as often as they say, and can be taken back', async () => {
  const { venue, ada } = open()
  venue.fault('listPosts', { kind: 'problem', code: 'forbidden', detail: 'Not today.' })
  venue.fault('listPosts', { kind: 'problem', code: 'conflict', times: 2 })
  const takeBack = venue.fault('listPosts', { kind: 'problem', code: 'not_found', times: Number.POSITIVE_INFINITY })
  const list = () =>
    ada.listPosts({ params: { feedId: feed.id } }).then(
      () => 'listed',
      ({ code }: { code: string }) => code,
    )
  const told = [await list(), await list(), await list(), await list()]
  expect(told).toEqual(['forbidden', 'conflict', 'conflict', 'not_found'])
  takeBack()
  expect(await list()).toBe('listed')
})

test('a lost answer loses no work, a lost request does none', async () => {
  const { venue, ada } = open()
  venue.fault('createPost', { kind: 'network', times: 3 })
  await expect(ada.createPost(post('never came'))).rejects.toMatchObject({ code: 'network' })
  expect(venue.state.posts).toEqual([])
  venue.fault('createPost', { kind: 'lost_answer', times: 3 })
  await expect(ada.createPost(post('came'))).rejects.toMatchObject({ code: 'network' })
  expect(venue.state.posts.map(({ text }) => text)).toEqual(['came'])
})

test('a request that waits has done nothing yet, and one given up is not waited for', async () => {
  const { venue, ada } = open()
  let release = () => {}
  const promise = new Promise<void>(resolve => {
    release = resolve
  })
  venue.fault('createPost', { kind: 'wait', until: promise })
  const posted = ada.createPost(post('later'))
  const controller = new AbortController()
  venue.fault('listPosts', { kind: 'wait', until: promise })
  const listed = ada.listPosts({ params: { feedId: feed.id } }, { signal: controller.signal })
  controller.abort()
  await expect(listed).rejects.toMatchObject({ code: 'aborted' })
  expect(venue.state.posts).toEqual([])
  release()
  expect((await posted).post.text).toBe('later')
})

test('an answer from in between is none of the API’s', async () => {
  const { venue, ada } = open()
  venue.fault('getFeed', { kind: 'status', status: 404, body: '<h1>Not here</h1>' })
  await expect(ada.getFeed({ params: { feedId: feed.id } })).rejects.toMatchObject({ code: 'invalid_response' })
})

test('a state that the contract forbids is told to the test', async () => {
  const { venue, ada } = open()
  const [stored] = venue.state.events
  if (stored) stored.currency = 'dollars'
  const asked = ada.getEvent({ params: { eventId: event.id } })
  await expect(asked).rejects.toMatchObject({ code: 'internal', detail: expect.stringContaining('event.currency') })
})

test('a hold ends by the clock, and gives its places back', async () => {
  const clock = { now: Date.parse('2030-01-01T12:00:00.000Z') }
  const { venue, ada } = open({ now: () => clock.now })
  const { order: held, orderToken } = await ada.createOrder({ body: order })
  const left = async () => (await ada.getEvent({ params: { eventId: event.id } })).event.tiers[0]?.available
  expect(await left()).toBe(98)
  clock.now += 20 * 60_000
  await ada.extendOrder({ params: { orderId: held.id } }, { orderToken })
  clock.now += 35 * 60_000
  expect(await left()).toBe(98)
  clock.now += 10 * 60_000
  expect(await left()).toBe(100)
  expect(venue.state.orders.map(each => each.order.status)).toEqual(['expired'])
  const resumed = ada.resumeCheckout({ params: { orderId: held.id } }, { orderToken })
  await expect(resumed).rejects.toMatchObject({ code: 'reservation_expired' })
})

test('the stream tells what all see, from where it was left', async () => {
  const { venue, ada } = open()
  const query = { feeds: feed.id, events: event.id }
  const stream = await ada.live({ query })
  const first = await ada.createPost(post('hello'))
  await ada.setReaction({ params: { postId: first.post.id }, body: { reacted: true } })
  const { order: held } = await ada.createOrder({ body: order })
  venue.pay(held.id)
  await ada.deletePost({ params: { postId: first.post.id } })
  const told = await read(stream, 5)
  expect(told).toMatchObject([
    { type: 'event', event: { tiers: [{ available: 100 }] } },
    { type: 'post', post: { text: 'hello', canDelete: false } },
    { type: 'post', post: { reactions: { count: 1, mine: false }, version: 2 } },
    { type: 'event', event: { tiers: [{ available: 98 }] } },
    { type: 'post_removed', postId: first.post.id },
  ])
  const url = `${venue.apiUrl}/v1/live?feeds=${feed.id}&key=${venue.publishableKey}`
  const resume = (id: string) => venue.fetch(new Request(url, { headers: { 'Last-Event-ID': id } }))
  const { body } = await resume('2')
  expect(body && (await read(body, 1))).toMatchObject([{ type: 'post_removed' }])
  const { body: lost } = await resume('4000')
  expect(lost && (await read(lost, 1))).toEqual([{ type: 'reset' }])
})

test.each([
  ['HUF', 450_000, 4500],
  ['ISK', 450_000, 4500],
  ['IDR', 450_000, 4500],
  ['UGX', 450_000, 4500],
  ['JPY', 4500, 4500],
  ['KWD', 12_340, 12.34],
])('a purchase in %s is told at %i minor units as %d each', async (currency, amountMinor, price) => {
  const tier = newTestTier({ price: { amountMinor, currency } })
  const sold = newTestEvent({ currency, tiers: [tier] })
  const { venue, ada } = open({ events: [sold] })
  const items = [{ tierId: tier.id, quantity: 2 }]
  const { order: held, orderToken } = await ada.createOrder({ body: { ...order, eventId: sold.id, items } })
  venue.pay(held.id)
  const { purchase } = await ada.syncOrder({ params: { orderId: held.id } }, { orderToken })
  expect(purchase).toMatchObject({ currency, value: 2 * price, items: [{ price, quantity: 2 }] })
})

test('what a feed does not offer is refused', async () => {
  const features = { images: true, video: false, reactions: false, live: false }
  const { ada } = open({ feeds: [{ ...feed, features }] })
  const { post: mine } = await ada.createPost(post('hello'))
  const refused = { code: 'forbidden' }
  expect(await read(await ada.live({ query: { feeds: feed.id, events: event.id } }), 2)).toMatchObject([
    { type: 'features', features: { live: false } },
    { type: 'event' },
  ])
  await expect(ada.live({ query: { feeds: feed.id } })).rejects.toMatchObject(refused)
  const reacted = ada.setReaction({ params: { postId: mine.id }, body: { reacted: true } })
  await expect(reacted).rejects.toMatchObject(refused)
})

test('an upload comes in parts, waits in its post, and shows there once it is in', async () => {
  const { venue, ada } = open()
  const uploadId = crypto.randomUUID()
  const body = { uploadId, feedId: feed.id, kind: 'image' as const, contentType: 'image/png', byteLength: 10 }
  const { upload } = await ada.createUpload({ body })
  const draft = { ...post('look'), body: { ...post('look').body, media: [{ uploadId, alt: ' a hat ' }] } }
  const { post: shown } = await ada.createPost(draft)
  expect(shown.media).toMatchObject([{ id: uploadId, status: 'processing', url: null, alt: 'a hat' }])
  const put = (range: string, bytes: Uint8Array<ArrayBuffer> | null) =>
    venue.fetch(
      new Request(upload.uploadUrl ?? '', { method: 'PUT', headers: { 'Content-Range': range }, body: bytes }),
    )
  expect((await put('bytes 0-5/10', new Uint8Array(6).fill(7))).headers.get('Range')).toBe('bytes=0-5')
  expect((await put('bytes */10', null)).status).toBe(308)
  expect((await put('bytes 2-5/10', new Uint8Array(4))).status).toBe(308)
  expect((await put('bytes 6-9/10', new Uint8Array(4).fill(8))).status).toBe(200)
  const { items } = await ada.listPosts({ params: { feedId: feed.id } })
  const [media] = items[0]?.media ?? []
  expect(media).toMatchObject({ status: 'ready', width: 1280, alt: 'a hat' })
  const file = await venue.fetch(new Request(media?.url ?? ''))
  expect([...new Uint8Array(await file.arrayBuffer())]).toEqual([7, 7, 7, 7, 7, 7, 8, 8, 8, 8])
  await expect(ada.createPost({ ...draft, body: { ...draft.body, clientId: uploadId } })).rejects.toMatchObject({
    code: 'invalid_request',
    fields: { 'media.0.uploadId': expect.stringContaining('another post') },
  })
})

test('after a reset it is as it began', async () => {
  const { venue, ada } = open()
  await ada.createPost(post('hello'))
  await ada.createOrder({ body: order })
  venue.fault('listPosts', { kind: 'network' })
  venue.reset()
  expect(venue.state).toMatchObject({ events: [event], feeds: [feed], posts: [], orders: [] })
  expect(venue.requests).toEqual([])
  expect((await ada.listPosts({ params: { feedId: feed.id } })).items).toEqual([])
})
