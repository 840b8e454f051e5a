import type { Database, SqlArguments, SqlFunctionName } from '../../src/ports/database.ts'
import type { TestClock } from '../../src/testing/testClock.ts'

/** The same id on every adapter: `id(7)` is `00000000-0000-4000-8000-000000000007`. */
const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

const venue_id = id(1)
const event_id = id(2)
const [seats, gifts, boxes] = [id(10), id(11), id(12)]
const pool = id(13)
const feed_id = id(20)
const [ada, bob] = ['viewer-ada', 'viewer-bob']
const account = 'acct_scenario'
const start = '2030-01-05T12:00:00.000Z'

const event = {
  id: event_id,
  venueId: venue_id,
  name: 'Späte Show — “Zugabe” 🎺',
  startsAt: '2030-06-01T19:00:00.000Z',
  timeZone: 'America/Chicago',
  currency: 'JPY',
  pools: [{ id: pool, name: 'Hall', capacity: 6 }],
  tiers: [
    { id: seats, name: 'Seats', priceMinor: 2500, capacity: 4, poolId: pool },
    { id: gifts, name: 'Gifts', priceMinor: 0, capacity: 2, poolId: pool },
    { id: boxes, name: 'Boxes', priceMinor: 2_000_000_000, capacity: 1 },
  ],
}

/** What is made by chance or by the engine, and so differs: ids of runs, and where a change stands among transactions. */
const byChance = new Set(['runId', 'cursor'])

const comparable = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer, (key, value) => (byChance.has(key) ? typeof value : value)))

/** One night's life of a venue over a bare database; answers everything that was answered, in order. */
export const playScenario = async (database: Database, clock: TestClock): Promise<unknown[]> => {
  const answers: unknown[] = []
  const call = async <Name extends SqlFunctionName>(name: Name, args: SqlArguments<Name>) => {
    const answer = await database.call(name, args)
    answers.push({ [name]: comparable(answer) })
    return answer
  }
  const refused = async <Name extends SqlFunctionName>(name: Name, args: SqlArguments<Name>) => {
    const { kind, sqlState, constraint } = await database.call(name, args).then(
      () => ({ kind: 'none', sqlState: null, constraint: null }),
      error => error,
    )
    answers.push({ [name]: { kind, sqlState, constraint } })
  }
  const reserve = (order: number, tierId: string, quantity: number, change: object = {}) =>
    call('ticketing.reserve_order', {
      event_id,
      order_id: id(order),
      venue_id,
      client_key: `key of ${order}`,
      request_hash: 'hash',
      items: [{ tierId, quantity }],
      buyer: { name: 'Ada O’Hara', email: 'ada@example.com' },
      return_url: 'https://venue.example/tickets',
      locale: null,
      expected_total_minor: null,
      origin: { ip: '203.0.113.9', attribution: { source: 'poster "A"' } },
      ...change,
    })
  const checkout = async (order: number) => {
    const own = { event_id, order_id: id(order), attempt_id: id(order + 1000), account }
    await call('ticketing.begin_checkout', {
      ...own,
      mode: 'test',
      ui: 'redirect',
      params: { nested: { list: [1, null] } },
    })
    await call('ticketing.attach_checkout', {
      ...own,
      session_id: `cs_${order}`,
      url: 'https://pay.example',
      client_secret: null,
      session_expires_at: Date.parse(start) / 1000 + 1860,
    })
  }
  const complete = (order: number, amountMinor: number | null, payment = order + 2000) =>
    call('ticketing.complete_order_atomic', {
      event_id,
      order_id: id(order),
      payment:
        amountMinor === null
          ? null
          : {
              kind: 'gateway',
              paymentId: id(payment),
              account,
              mode: 'test',
              sessionId: `cs_${order}`,
              paymentIntentId: `pi_${payment}`,
              amountMinor,
              currency: 'JPY',
            },
      source: { kind: amountMinor === null ? 'free' : 'webhook' },
    })
  const post = (number: number, author: string, text: string) =>
    call('feed.create_post', {
      feed_id,
      venue_id,
      post_id: id(number),
      client_id: id(number + 5000),
      author: { id: author, name: 'Ada', avatarUrl: null },
      moderator: false,
      text,
      media: [],
      media_kinds: ['image'],
      request_hash: text,
    })
  const own = { event_id, venue_id }

  await clock.set(start)
  await call('venuekit.read_clock', {})
  await call('venuekit.create_venue', { venue_id, name: 'The Venue' })
  await call('venuekit.create_venue', { venue_id, name: 'The Venue' })
  await refused('venuekit.create_venue', { venue_id: id(3), name: '' })
  await call('venuekit.set_key', { publishable_key: 'vk_pub_x', venue_id, allowed_origins: ['https://venue.example'] })
  await call('venuekit.find_key', { publishable_key: 'vk_pub_x' })
  await call('ticketing.create_event', { event_id, event })
  await call('ticketing.create_event', { event_id, event: { ...event, name: 'Another' } })
  await call('ticketing.list_events', { venue_id, cursor: null, page_size: 10 })

  await reserve(100, seats, 2)
  await reserve(100, seats, 2)
  await reserve(100, seats, 2, { request_hash: 'other' })
  await reserve(101, seats, 3)
  await reserve(101, seats, 1, { expected_total_minor: 1 })
  await reserve(102, gifts, 1, { max_holds: 1 })
  await reserve(103, boxes, 1)
  await refused('ticketing.reserve_order', { event_id } as never)
  await refused('ticketing.get_event', { event_id: 'no uuid', venue_id })
  await checkout(100)
  await complete(100, 5000)
  await complete(100, 5000)
  await complete(100, 5000, 2999)
  await reserve(104, seats, 1)
  await checkout(104)
  // Another amount than the order's: a person decides.
  await complete(104, 2499)
  await complete(102, null)
  await complete(103, null)
  await call('ticketing.get_order', { event_id, order_id: id(100) })
  await call('ticketing.request_refund', {
    event_id,
    order_id: id(100),
    refund_id: id(300),
    payment_id: null,
    amount_minor: 2500,
    ticket_ids: null,
    actor: 'boss',
    reason: 'kindness',
  })
  await call('ticketing.take_refunds', { event_id, max_refunds: 5, worker: 'w', lease_seconds: 60 })

  await clock.advance(3 * 60_000)
  await call('ticketing.events_to_expire', { max_events: 5 })
  await call('ticketing.begin_expiry', { event_id, max_orders: 10 })
  await call('ticketing.get_order', { event_id, order_id: id(103) })
  await call('ticketing.cancel_order', { event_id, order_id: id(100), reason: 'buyer' })
  await call('ticketing.get_event', own)
  await call('ticketing.get_admin_event', { event_id })
  await call('ticketing.audit_event', { event_id })

  await call('feed.create_feed', { feed_id, venue_id, name: 'Feed' })
  await post(500, ada, 'first — 1 < 2 & "quoted" \\ back')
  await clock.advance(1000)
  await post(501, bob, 'second\nline')
  await post(501, bob, 'another text')
  const seen = { venue_id, viewer_id: ada, moderator: false }
  await call('feed.set_reaction', { post_id: id(501), ...seen, reacted: true })
  await call('feed.pin_post', { post_id: id(500), venue_id, viewer_id: ada, pinned: true })
  await call('feed.list_posts', { feed_id, ...seen, cursor: null, page_size: 1 })
  await call('feed.delete_post', { post_id: id(501), ...seen })
  await call('feed.delete_post', { post_id: id(500), ...seen })
  await call('feed.list_posts', { feed_id, ...seen, viewer_id: null, cursor: null, page_size: 10 })
  await call('feed.read_changes', { after: null, page_size: 10 })

  const job = { job: 'reconcile', worker: 'w', every_seconds: null, daily_at: '02:00', time_zone: 'Asia/Tokyo' }
  await call('venuekit.take_job_slot', job)
  await call('venuekit.take_job_slot', job)
  const bucket = { bucket: 'a', maximum: 1, windowSeconds: 60 }
  await call('venuekit.take_rate', { buckets: [bucket] })
  await call('venuekit.take_rate', { buckets: [bucket] })
  const webhook = {
    account,
    gateway_event_id: 'evt_1',
    type: 'x',
    mode: 'test',
    payload: { deep: { n: 1.5, t: 'ü' } },
  } as const
  await call('venuekit.store_webhook', webhook)
  await call('venuekit.due_webhooks', { max_webhooks: 5 })
  await call('venuekit.finish_webhook', { account, gateway_event_id: 'evt_1', note: 'done' })
  await call('venuekit.take_messages', {
    recipient: 'buyer',
    max_messages: 1,
    worker: 'w',
    lease_seconds: 60,
    busy_ids: [],
  })
  await call('ticketing.get_health', {})
  return answers
}
