import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient, type VenueKitClient, VenueKitError } from '../../packages/core/src/index.ts'
import { createTestVenue, newTestEvent, newTestFeed } from '../../packages/core/src/testing/index.ts'
import { newTier } from '../../packages/server-kit/src/testing/startTestKit.ts'
import { type Keystone, openKeystone } from './openKeystone.ts'

/** A venue at which the scenario plays: one feed, one event with tiers by name. */
interface Stage {
  feedId: string
  eventId: string
  tiers: { seat: string; last: string; free: string }
  origin: string
  /** The client of somebody with that token. */
  as: (token: string | null, key?: string) => VenueKitClient
  fetch: (path: string, init: RequestInit) => Promise<Response>
}

let keystone: Keystone
let stages: { kit: Stage; venue: Stage }

beforeAll(async () => {
  keystone = await openKeystone()
  const { server, feedId, fetchFrom } = keystone
  const created = await server.createEvent({
    tiers: [
      newTier({ name: 'Seat' }),
      newTier({ name: 'Last', capacity: 1 }),
      newTier({ name: 'Free', priceMinor: 0 }),
    ],
  })
  const stageOf = (apiUrl: string, fetch: (request: Request) => Response | Promise<Response>): Stage => {
    const as: Stage['as'] = (token, publishableKey = server.venue.key) =>
      createClient({ apiUrl, publishableKey, fetch, getToken: () => token })
    const [seat, last, free] = created.tiers.map(({ id }) => id)
    return {
      feedId,
      eventId: created.id,
      tiers: { seat: seat ?? '', last: last ?? '', free: free ?? '' },
      origin: server.venue.origin,
      as,
      fetch: async (path, init) => fetch(new Request(apiUrl + path, init)),
    }
  }
  const kit = stageOf('http://kit.test', fetchFrom(server.venue.origin))
  // The test venue begins with what the kit shows.
  const { event } = await kit.as(null).getEvent({ params: { eventId: created.id } })
  const { feed } = await kit.as(null).getFeed({ params: { feedId } })
  const venue = createTestVenue({
    publishableKey: server.venue.key,
    allowedOrigins: [server.venue.origin],
    events: [newTestEvent(event)],
    feeds: [newTestFeed({ id: feedId, name: feed.name, features: feed.features })],
    now: () => Date.parse('2030-01-01T12:00:00.000Z'),
  })
  stages = { kit, venue: stageOf(venue.apiUrl, venue.fetch) }
})
afterAll(() => keystone.close())

/** What was answered, or why not. */
const told = async (answer: Promise<unknown>): Promise<unknown> => {
  try {
    return (await answer) ?? null
  } catch (error) {
    if (!(error instanceof VenueKitError)) throw error
    const { code, status, title, detail, retryable, fields } = error
    return { code, status, title, detail, retryable, fields }
  }
}

/** Ids by the order in which they appear; times, tokens and what is opaque as words. */
const withoutChance = (transcript: unknown): unknown => {
  const names = new Map<string, string>()
  const nameOf = (id: string): string => {
    const name = names.get(id) ?? `id ${names.size + 1}`
    names.set(id, name)
    return name
  }
  const text = JSON.stringify(transcript, (name, value: unknown) => {
    if (typeof value === 'string') return opaque.has(name) ? 'opaque' : value
    return isRecord(value) ? Object.fromEntries(Object.entries(value).sort()) : value
  })
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'a time')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, nameOf)
  return JSON.parse(text)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const opaque = new Set(['nextCursor', 'position', 'orderToken', 'url', 'ticketCode'])

/** Plays at both, step by step, and compares what each step was told. */
const playsAlike = async (scenario: (stage: Stage) => Promise<unknown[]>): Promise<void> => {
  const kit = withoutChance(await scenario(stages.kit))
  const venue = withoutChance(await scenario(stages.venue))
  expect(venue).toEqual(kit)
}

const clientId = crypto.randomUUID()
const spare = crypto.randomUUID()

test('reading a feed and posting to it', () =>
  playsAlike(async ({ feedId, as }) => {
    const [ada, bob, anybody] = [as('viewer:ada'), as('viewer:bob'), as(null)]
    const params = { feedId }
    const post = (client: VenueKitClient, text: string, id: string = crypto.randomUUID()) =>
      told(client.createPost({ params, body: { clientId: id, text } }))
    const first = (await anybody.listPosts({ params })).items.length
    return [
      first,
      await told(ada.getFeed({ params })),
      await told(anybody.getFeed({ params })),
      await post(ada, '  hello  ', clientId),
      await post(ada, 'hello', clientId),
      await post(ada, 'another text', clientId),
      await post(bob, 'the same client id, another author', clientId),
      await post(ada, ' '),
      await post(ada, 'x'.repeat(2001)),
      await post(ada, '<b>bold</b>'),
      await post(anybody, 'nobody'),
      await post(as('stale'), 'stale'),
      await post(as('viewer:ada', 'vk_pub_wrong'), 'wrong key'),
      await told(ada.createPost({ params: { feedId: spare }, body: { clientId, text: 'nowhere' } })),
      await told(ada.createPost({ params: { feedId: 'garbage' }, body: { clientId, text: 'nowhere' } })),
      await told(
        ada.createPost({ params, body: { clientId: spare, text: 'with media', media: [{ uploadId: spare }] } }),
      ),
      await told(anybody.listPosts({ params: { feedId: spare } })),
      await told(anybody.listPosts({ params, query: { limit: 1000 } })),
      await told(anybody.listPosts({ params, query: { cursor: 'garbage' } })),
      await told(ada.listPosts({ params })),
    ]
  }))

test('pages, while posts come and go', () =>
  playsAlike(async ({ feedId, as }) => {
    const [ada, mod] = [as('viewer:ada'), as('moderator:mod')]
    const params = { feedId }
    const posts = []
    for (const text of ['one', 'two', 'three', 'four', 'five']) {
      posts.push((await ada.createPost({ params, body: { clientId: crypto.randomUUID(), text } })).post.id)
    }
    const [one = '', , three = '', , five = ''] = posts
    await mod.pinPost({ params: { postId: one }, body: { pinned: true } })
    const head = await ada.listPosts({ params, query: { limit: 2 } })
    await ada.createPost({ params, body: { clientId: crypto.randomUUID(), text: 'news' } })
    await ada.deletePost({ params: { postId: three } })
    const cursor = head.nextCursor ?? ''
    const next = await ada.listPosts({ params, query: { limit: 2, cursor } })
    await mod.pinPost({ params: { postId: one }, body: { pinned: false } })
    const { items } = await ada.listPosts({ params, query: { limit: 6 } })
    return [five, head, next, await told(ada.listEvents({ query: { cursor } })), items]
  }))

test('reactions, pins, reports and deletions', () =>
  playsAlike(async ({ feedId, as }) => {
    const [ada, bob, mod] = [as('viewer:ada'), as('viewer:bob'), as('moderator:mod')]
    const body = { clientId: crypto.randomUUID(), text: 'a post' }
    const { post } = await ada.createPost({ params: { feedId }, body })
    const params = { postId: post.id }
    const react = (client: VenueKitClient, reacted: boolean) => told(client.setReaction({ params, body: { reacted } }))
    const report = (reason: string) =>
      told(bob.reportPost({ params, body: { reason: reason as 'spam', note: 'so it is' } }))
    return [
      await react(bob, true),
      await react(bob, true),
      await react(ada, true),
      await react(bob, false),
      await react(as(null), true),
      await told(bob.setReaction({ params, body: { reacted: 'yes' as unknown as boolean } })),
      await told(bob.pinPost({ params, body: { pinned: true } })),
      await told(mod.pinPost({ params, body: { pinned: true } })),
      await told(mod.pinPost({ params, body: { pinned: true } })),
      await told(mod.pinPost({ params, body: { pinned: false } })),
      await report('spam'),
      await report('abuse'),
      await report('boring'),
      await told(bob.deletePost({ params })),
      await told(ada.deletePost({ params })),
      await told(ada.deletePost({ params })),
      await told(ada.createPost({ params: { feedId }, body })),
      await told(ada.deletePost({ params: { postId: spare } })),
      await react(bob, true),
      await told(mod.pinPost({ params, body: { pinned: true } })),
      await report('spam'),
    ]
  }))

test('a live stream of nothing that the venue has', () =>
  playsAlike(async ({ as }) => {
    const client = as(null)
    return [
      await told(client.live()),
      await told(client.live({ query: { feeds: spare, events: spare } })),
      await told(client.live({ query: { feeds: 'garbage' } })),
    ]
  }))

test("an upload that the feed does not offer, and one of nobody's", () =>
  playsAlike(async ({ feedId, as }) => {
    const ada = as('viewer:ada')
    const body = { uploadId: spare, feedId, kind: 'video' as const, contentType: 'video/mp4', byteLength: 1000 }
    return [
      await told(ada.createUpload({ body })),
      await told(ada.createUpload({ body: { ...body, byteLength: 0 } })),
      await told(ada.getUpload({ params: { uploadId: spare } })),
      await told(ada.cancelUpload({ params: { uploadId: spare } })),
    ]
  }))

test('buying, and what stands in the way', () =>
  playsAlike(async ({ eventId, tiers, origin, as, fetch }) => {
    const buyer = as(null)
    const order = {
      eventId,
      items: [{ tierId: tiers.seat, quantity: 2 }],
      buyer: { name: 'Ada', email: 'ada@example.com' },
      returnUrl: `${origin}/thanks`,
    }
    const buy = (change: Partial<typeof order> & { expectedTotalMinor?: number } = {}, idempotencyKey?: string) =>
      told(buyer.createOrder({ body: { ...order, ...change } }, idempotencyKey ? { idempotencyKey } : {}))
    const of = (tierId: string, quantity: number) => ({ items: [{ tierId, quantity }] })
    const transcript = [
      await told(buyer.listEvents()),
      await told(buyer.getEvent({ params: { eventId: spare } })),
      await buy({ expectedTotalMinor: 4000 }),
      await buy({ ...of(tiers.seat, 1000) }),
      await buy({ ...of(spare, 1) }),
      await buy({ ...of(tiers.last, 2) }),
      await buy({ eventId: spare }),
      await buy({ returnUrl: 'https://elsewhere.example/' }),
      await buy({ buyer: { name: '', email: 'nobody' } }),
    ]
    const idempotencyKey = crypto.randomUUID()
    const { order: held, orderToken } = await buyer.createOrder({ body: order }, { idempotencyKey })
    const reference = { params: { orderId: held.id } }
    const access = { orderToken }
    return [
      ...transcript,
      held,
      await buy({}, idempotencyKey),
      await buy({ ...of(tiers.seat, 1) }, idempotencyKey),
      await told(buyer.getEvent({ params: { eventId } })),
      await told(buyer.getOrder(reference, access)),
      await told(buyer.getOrder(reference, { orderToken: 'vko_forged' })),
      await told(buyer.resumeCheckout(reference, access)),
      await told(buyer.syncOrder(reference, access)),
      await told(buyer.cancelOrder(reference, access)),
      await told(buyer.cancelOrder(reference, access)),
      await told(buyer.resumeCheckout(reference, access)),
      await buy({}, idempotencyKey),
      await told(buyer.resendTickets({ body: { eventId, email: 'ada@example.com' } })),
      (await fetch('/v1/orders', { method: 'POST', headers: { 'VenueKit-Key': 'vk_pub_wrong' } })).status,
      (await fetch('/v1/nowhere', {})).status,
    ]
  }))

test('what costs nothing is issued at once, and told of once', () =>
  playsAlike(async ({ eventId, tiers, origin, as }) => {
    const buyer = as(null)
    const body = {
      eventId,
      items: [{ tierId: tiers.free, quantity: 2 }],
      buyer: { name: 'Ada', email: 'ada@example.com' },
      returnUrl: `${origin}/thanks`,
    }
    const { order, orderToken, checkout } = await buyer.createOrder({ body })
    const reference = { params: { orderId: order.id } }
    return [
      { ...order, tickets: order.tickets.map(({ code, ...ticket }) => ({ ...ticket, ticketCode: code })) },
      checkout,
      await told(buyer.cancelOrder(reference, { orderToken })),
      await told(buyer.resumeCheckout(reference, { orderToken })),
      (await buyer.syncOrder(reference, { orderToken })).purchase,
      (await buyer.syncOrder(reference, { orderToken })).purchase,
    ]
  }))
