import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../ports/database.ts'
import { createPgliteDatabase } from '../testing/createPgliteDatabase.ts'
import { type TestClock, testClock } from '../testing/testClock.ts'
import { openTestShop, type TestShopOptions } from '../testing/testShop.ts'

let database: MigratableDatabase
let clock: TestClock
const open = (options?: TestShopOptions) => openTestShop(database, options)

beforeAll(async () => {
  database = await createPgliteDatabase()
  clock = await testClock(database)
  await clock.set('2029-01-01T12:00:00.000Z')
}, 60_000)
afterAll(() => database.close())

test('a hold counts its places, lasts two minutes and shows the order', async () => {
  const shop = await open({ tiers: [{ priceMinor: 1250 }] })
  const [tierId = ''] = shop.tierIds
  const answer = await shop.reserve({ items: [{ tierId, quantity: 3 }], locale: 'de' })
  expect(answer).toMatchObject({
    outcome: 'reserved',
    replayed: false,
    tokenVersion: 1,
    event: { name: 'Late Set', delayedPayments: false },
    order: {
      status: 'reserved',
      items: [{ line: 1, tierId, tierName: 'Tier 0', quantity: 3, total: { amountMinor: 3750, currency: 'USD' } }],
      total: { amountMinor: 3750, currency: 'USD' },
      createdAt: '2029-01-01T12:00:00.000Z',
      holdExpiresAt: '2029-01-01T12:02:00.000Z',
      fulfilledAt: null,
      tickets: [],
    },
  })
  expect(await shop.counters()).toEqual({ [tierId]: { reserved: 3, issued: 0 } })
  expect(await shop.imbalances()).toEqual([])
})

test('what a hold answers is what reading the order answers', async () => {
  const shop = await open({ tiers: [{}, { priceMinor: 0 }] })
  const items = shop.tierIds.map((tierId, index) => ({ tierId, quantity: index + 1 }))
  const answer = await shop.reserve({ items })
  if (answer.outcome !== 'reserved') throw new Error(answer.outcome)
  const read = await database.call('ticketing.get_order', { event_id: shop.eventId, order_id: answer.order.id })
  expect(read).toMatchObject({ outcome: 'found', venueId: shop.venueId, attempt: null, reason: null })
  expect(read.outcome === 'found' && read.order).toEqual(answer.order)
})

test('names of any letters are answered as they are', async () => {
  const name = `"Rosé", 'Ö' \\ {%s} %1$s\n😀`
  const shop = await open({ event: { name }, tiers: [{ name }] })
  const answer = await shop.reserve({ buyer: { name, email: '"a%s"@example.com' } })
  expect(answer).toMatchObject({
    event: { name },
    order: { buyer: { name, email: '"a%s"@example.com' }, items: [{ tierName: name }] },
  })
})

test('the same key and hash answer the same order again; another hash is a conflict', async () => {
  const shop = await open()
  const first = await shop.reserve({ client_key: 'k' })
  const again = await shop.reserve({ client_key: 'k' })
  expect(first).toMatchObject({ outcome: 'reserved', replayed: false })
  expect(again).toEqual({ ...first, replayed: true })
  expect(await shop.reserve({ client_key: 'k', request_hash: 'other' })).toEqual({ outcome: 'idempotency_conflict' })
  expect(await shop.counters()).toEqual({ [shop.tierIds[0] ?? '']: { reserved: 1, issued: 0 } })
})

test('a replay after the last place went answers its own order, not sold out', async () => {
  const shop = await open({ tiers: [{ capacity: 1 }] })
  await shop.hold({ client_key: 'mine' })
  expect(await shop.reserve()).toEqual({ outcome: 'sold_out', tierIds: shop.tierIds })
  expect(await shop.reserve({ client_key: 'mine' })).toMatchObject({ outcome: 'reserved', replayed: true })
})

test('a key is looked up before anything is refused', async () => {
  const shop = await open()
  const items = [{ tierId: shop.tierIds[0] ?? '', quantity: 2 }]
  await shop.hold({ client_key: 'mine', items })
  await shop.query("update ticketing.events set status = 'paused', max_per_order = 1 where event_id = $1", [
    shop.eventId,
  ])
  await shop.query('update ticketing.tiers set max_per_order = 1, price_minor = 1 where event_id = $1', [shop.eventId])
  const mine = { client_key: 'mine', items, expected_total_minor: 2000 }
  expect(await shop.reserve(mine)).toMatchObject({ outcome: 'reserved', replayed: true })
  expect(await shop.reserve({ ...mine, request_hash: 'other' })).toEqual({ outcome: 'idempotency_conflict' })
  expect(await shop.reserve({ ...mine, client_key: 'other' })).toMatchObject({ outcome: 'sales_closed' })
})

test('sold out writes nothing', async () => {
  const shop = await open({ tiers: [{ capacity: 2 }, { capacity: 5 }] })
  const [small = '', big = ''] = shop.tierIds
  const answer = await shop.reserve({
    client_key: 'full',
    items: [
      { tierId: big, quantity: 1 },
      { tierId: small, quantity: 3 },
    ],
  })
  expect(answer).toEqual({ outcome: 'sold_out', tierIds: [small] })
  const rows = await shop.query('select from ticketing.order_keys where event_id = $1', [shop.eventId])
  expect(rows).toEqual([])
})

test.each<[string, TestShopOptions, { now?: string; quantity?: number; expected?: number }, object]>([
  ['before the sale', { tiers: [{ salesStartAt: '2029-02-01T00:00:00Z' }] }, {}, { outcome: 'sales_closed' }],
  ['after the sale', { tiers: [{ salesEndAt: '2028-12-31T00:00:00Z' }] }, {}, { outcome: 'sales_closed' }],
  [
    'after the show',
    { event: { startsAt: '2028-06-01T19:00:00Z', endsAt: '2028-06-01T22:00:00Z' } },
    {},
    { outcome: 'sales_closed' },
  ],
  ['above the tier', { tiers: [{ maxPerOrder: 2 }] }, { quantity: 3 }, { outcome: 'limit_exceeded', maximum: 2 }],
  ['above the event', { event: { maxPerOrder: 4 } }, { quantity: 5 }, { outcome: 'limit_exceeded', maximum: 4 }],
  ['at another price', {}, { expected: 999 }, { outcome: 'price_changed', totalMinor: 1000 }],
])('refuses %s', async (_name, options, { quantity = 1, expected = null }, refusal) => {
  const shop = await open(options)
  const answer = await shop.reserve({
    items: [{ tierId: shop.tierIds[0] ?? '', quantity }],
    expected_total_minor: expected,
  })
  expect(answer).toMatchObject(refusal)
  expect(await shop.counters()).toEqual({ [shop.tierIds[0] ?? '']: { reserved: 0, issued: 0 } })
})

test('what is wrong with any line is told, whichever line it is', async () => {
  const shop = await open({
    tiers: [{}, { salesStartAt: '2029-02-01T00:00:00Z' }, { maxPerOrder: 2 }, { capacity: 3 }],
  })
  const [good = '', closed = '', tight = '', small = ''] = shop.tierIds
  const unknown = crypto.randomUUID()
  const refusals: [string, number, object][] = [
    [unknown, 1, { outcome: 'unknown_tier', tierIds: [unknown] }],
    [closed, 1, { outcome: 'sales_closed', tierIds: [closed] }],
    [tight, 3, { outcome: 'limit_exceeded', maximum: 2 }],
    [small, 4, { outcome: 'sold_out', tierIds: [small] }],
  ]
  for (const [tierId, quantity, refusal] of refusals) {
    const bad = { tierId, quantity }
    const items = [{ tierId: good, quantity: 1 }, bad]
    expect(await shop.reserve({ items })).toEqual(refusal)
    expect(await shop.reserve({ items: items.toReversed() })).toEqual(refusal)
  }
  const items = [good, small].map(tierId => ({ tierId, quantity: 2 }))
  expect(await shop.reserve({ items, expected_total_minor: 3999 })).toEqual({
    outcome: 'price_changed',
    totalMinor: 4000,
  })
  expect(await shop.imbalances()).toEqual([])
})

test('a cart without lines is no cart', async () => {
  const shop = await open()
  await expect(shop.reserve({ items: [] })).rejects.toThrow('a cart needs at least one line')
})

test("refuses another event's tier and another venue's event", async () => {
  const shop = await open()
  const other = await open()
  const tierId = other.tierIds[0] ?? ''
  expect(await shop.reserve({ items: [{ tierId, quantity: 1 }] })).toEqual({
    outcome: 'unknown_tier',
    tierIds: [tierId],
  })
  expect(await shop.reserve({ venue_id: other.venueId })).toEqual({ outcome: 'not_found' })
  expect(await shop.reserve({ event_id: crypto.randomUUID() })).toEqual({ outcome: 'not_found' })
})

test('paused and cancelled events sell nothing', async () => {
  const shop = await open()
  for (const status of ['paused', 'cancelled']) {
    await shop.query(
      "update ticketing.events set status = $2, cancelled_at = now(), cancelled_by = 'Grace' where event_id = $1",
      [shop.eventId, status],
    )
    expect(await shop.reserve()).toEqual({ outcome: 'sales_closed', tierIds: shop.tierIds })
  }
})

test('tiers of one pool are summed against it, and taken and journalled with it', async () => {
  const shop = await open({ pools: [{ capacity: 5 }], tiers: [{ capacity: 5 }, { capacity: 5 }] })
  const [a = '', b = ''] = shop.tierIds
  const [pool = ''] = shop.poolIds
  const items = [
    { tierId: a, quantity: 3 },
    { tierId: b, quantity: 3 },
  ]
  expect(await shop.reserve({ items })).toEqual({ outcome: 'sold_out', tierIds: [a, b] })
  expect(
    await shop.reserve({
      items: [
        { tierId: a, quantity: 2 },
        { tierId: b, quantity: 3 },
      ],
    }),
  ).toMatchObject({
    outcome: 'reserved',
  })
  expect(await shop.reserve()).toEqual({ outcome: 'sold_out', tierIds: [a] })
  expect(await shop.counters()).toEqual({
    [a]: { reserved: 2, issued: 0 },
    [b]: { reserved: 3, issued: 0 },
    [pool]: { reserved: 5, issued: 0 },
  })
  expect(await shop.imbalances()).toEqual([])
  const event = await database.call('ticketing.get_event', { event_id: shop.eventId, venue_id: shop.venueId })
  expect(event.outcome === 'found' && event.event.tiers.map(tier => [tier.available, tier.status])).toEqual([
    [0, 'sold_out'],
    [0, 'sold_out'],
  ])
})

test('a reservation commits asynchronously, and completing in the same transaction makes it durable', async () => {
  const shop = await open({ tiers: [{ priceMinor: 0 }] })
  const settings = await database.withOwner(async connection => {
    const read = async () =>
      (await connection.query<{ v: string }>("select current_setting('synchronous_commit') v"))[0]?.v
    await connection.exec('begin')
    const orderId = crypto.randomUUID()
    await connection.query(
      `select ticketing.reserve_order($1, $2, $3, 'k', 'h', jsonb_build_array(jsonb_build_object('tierId', $4::text,
       'quantity', 1)), '{"name":"A","email":"a@b.example"}', 'https://venue.example', null, null, null)`,
      [shop.eventId, orderId, shop.venueId, shop.tierIds[0]],
    )
    const reserved = await read()
    await connection.query(`select ticketing.complete_order_atomic($1, $2, null, '{"kind":"free"}')`, [
      shop.eventId,
      orderId,
    ])
    const completed = await read()
    await connection.exec('commit')
    return { reserved, completed, after: await read() }
  })
  expect(settings).toEqual({ reserved: 'off', completed: 'on', after: 'on' })
})
