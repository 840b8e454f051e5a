import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../ports/database.ts'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createPgliteDatabase } from '../testing/createPgliteDatabase.ts'
import { openTestShop, type TestShop, type TestShopOptions } from '../testing/testShop.ts'

let database: MigratableDatabase
const open = (options?: TestShopOptions) => openTestShop(database, options)

beforeAll(async () => {
  database = await createPgliteDatabase()
}, 60_000)
afterAll(() => database.close())

/** A hold of one place that was given back with its session expired. */
const expired = async (shop: TestShop) => {
  const orderId = await shop.hold()
  const { attemptId, sessionId } = await shop.checkout(orderId)
  await shop.query("update ticketing.orders set hold_expires_at = '2000-01-01' where order_id = $1", [orderId])
  await database.call('ticketing.begin_expiry', { event_id: shop.eventId, max_orders: 10 })
  await shop.settle(orderId, attemptId, 'expired')
  return { orderId, sessionId }
}

const messages = async (shop: TestShop) =>
  (
    await shop.query<{ m: string }>(
      "select kind || ' ' || version as m from venuekit.outbox where event_id = $1 order by 1",
      [shop.eventId],
    )
  ).map(({ m }) => m)

const payments = (shop: TestShop) =>
  shop.query('select status, reason from ticketing.payments where event_id = $1 order by received_at', [shop.eventId])

test('a matching payment issues every place, with its messages and its journal', async () => {
  const shop = await open({ pools: [{ capacity: 5 }], tiers: [{}, { priceMinor: 500 }] })
  const orderId = await shop.hold({ items: shop.tierIds.map(tierId => ({ tierId, quantity: 2 })) })
  const { sessionId } = await shop.checkout(orderId)
  const answer = await shop.complete(orderId, shop.payment(sessionId, { amountMinor: 3000 }))
  expect(answer).toMatchObject({ outcome: 'issued', reason: null, order: { status: 'fulfilled', holdExpiresAt: null } })
  const tickets = answer.outcome === 'issued' ? answer.order.tickets : []
  expect(tickets.map(({ line, ordinal, status, codeVersion }) => [line, ordinal, status, codeVersion])).toEqual([
    [1, 1, 'valid', 1],
    [1, 2, 'valid', 1],
    [2, 1, 'valid', 1],
    [2, 2, 'valid', 1],
  ])
  for (const { id } of tickets)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(tickets.map(({ id }) => id)).size).toBe(4)
  expect(await messages(shop)).toEqual(['fulfilled 1', 'tickets 1'])
  expect(await shop.imbalances()).toEqual([])
  await database.withOwner(checkInvariants)
})

test('the same payment again, by session, by intent or by both, is replayed and changes nothing', async () => {
  const shop = await open()
  const orderId = await shop.hold()
  const { sessionId } = await shop.checkout(orderId)
  const payment = shop.payment(sessionId)
  await shop.complete(orderId, payment)
  const before = await shop.counters()
  for (const change of [{}, { paymentIntentId: null }, { sessionId: null }, { paymentId: crypto.randomUUID() }]) {
    expect(await shop.complete(orderId, { ...payment, ...change }, { kind: 'return' })).toMatchObject({
      outcome: 'replayed',
    })
  }
  expect(await shop.counters()).toEqual(before)
  expect(await messages(shop)).toEqual(['fulfilled 1', 'tickets 1'])
  expect(await payments(shop)).toEqual([{ status: 'applied', reason: null }])
})

test('a payment first known by its session is known by its intent afterwards', async () => {
  const shop = await open()
  const orderId = await shop.hold()
  const { sessionId } = await shop.checkout(orderId)
  await shop.complete(orderId, shop.payment(sessionId, { paymentIntentId: null }))
  await shop.complete(orderId, shop.payment(sessionId, { paymentIntentId: 'pi_late' }))
  const other = await open()
  const otherOrder = await other.hold()
  const { sessionId: otherSession } = await other.checkout(otherOrder)
  expect(await other.complete(otherOrder, other.payment(otherSession, { paymentIntentId: 'pi_late' }))).toMatchObject({
    outcome: 'needs_review',
    reason: 'pays_another_order',
  })
  expect(await other.counters()).toEqual({ [other.tierIds[0] ?? '']: { reserved: 1, issued: 0 } })
  expect(await payments(other)).toEqual([])
})

test.each([
  ['amount', { amountMinor: 999 }, 'amount_differs'],
  ['currency', { currency: 'EUR' }, 'currency_differs'],
  ['mode', { mode: 'live' as const }, 'mode_differs'],
  ['account', { account: 'acct_other' }, 'no_attempt_of_this_order'],
  ['session', { sessionId: 'cs_foreign', paymentIntentId: 'pi_foreign' }, 'no_attempt_of_this_order'],
])('a payment whose %s does not match issues nothing and asks for review', async (_name, change, reason) => {
  const shop = await open()
  const orderId = await shop.hold()
  const { sessionId } = await shop.checkout(orderId)
  const payment = { ...shop.payment(sessionId), ...change, paymentIntentId: `pi_${crypto.randomUUID()}` }
  const answer = await shop.complete(orderId, payment)
  expect(answer).toMatchObject({ outcome: 'needs_review', reason, order: { status: 'needs_review', tickets: [] } })
  expect(await shop.complete(orderId, payment)).toMatchObject({ outcome: 'needs_review' })
  expect(await payments(shop)).toEqual([{ status: 'needs_review', reason }])
  expect(await messages(shop)).toEqual([])
  expect(await shop.imbalances()).toEqual([])
})

test('a second charge is a surplus: refunded by itself, and the tickets stay', async () => {
  const shop = await open()
  const orderId = await shop.hold()
  const first = await shop.checkout(orderId)
  await shop.settle(orderId, first.attemptId, 'expired')
  const second = await shop.checkout(orderId)
  await shop.complete(orderId, shop.payment(second.sessionId))
  const answer = await shop.complete(orderId, shop.payment(first.sessionId))
  expect(answer).toMatchObject({ outcome: 'surplus', order: { status: 'fulfilled', tickets: [{ status: 'valid' }] } })
  expect(await shop.complete(orderId, shop.payment(first.sessionId))).toMatchObject({ outcome: 'surplus' })
  expect(
    await shop.query('select amount_minor::int as a, origin from ticketing.refunds where event_id = $1', [
      shop.eventId,
    ]),
  ).toEqual([{ a: 1000, origin: 'automatic' }])
  await database.withOwner(checkInvariants)
})

test('paid late with room left is issued late; a paid event in any state before release just wins', async () => {
  const shop = await open()
  const late = await expired(shop)
  expect(await shop.orderStatus(late.orderId)).toBe('expired')
  expect(await shop.complete(late.orderId, shop.payment(late.sessionId))).toMatchObject({ outcome: 'issued_late' })
  expect(await messages(shop)).toEqual(['fulfilled 1', 'tickets_late 1'])

  const atTheFence = await shop.hold()
  const { sessionId } = await shop.checkout(atTheFence)
  await database.call('ticketing.cancel_order', { event_id: shop.eventId, order_id: atTheFence, reason: 'buyer' })
  expect(await shop.orderStatus(atTheFence)).toBe('expiring')
  expect(await shop.complete(atTheFence, shop.payment(sessionId))).toMatchObject({ outcome: 'issued' })
  await database.withOwner(checkInvariants)
})

test.each<[string, TestShopOptions, (shop: TestShop) => Promise<unknown>, string]>([
  ['without room', { tiers: [{ capacity: 1 }] }, shop => shop.hold(), 'no_room'],
  ['with room in the tier but none in its pool', { pools: [{ capacity: 1 }] }, shop => shop.hold(), 'no_room'],
  [
    'after the show',
    {},
    shop => shop.query("update ticketing.events set over_at = '2000-01-01' where event_id = $1", [shop.eventId]),
    'event_over',
  ],
])('paid late %s is refund due, refunded once, and the buyer is told', async (_name, options, spoil, reason) => {
  const shop = await open(options)
  const { orderId, sessionId } = await expired(shop)
  await spoil(shop)
  const before = await shop.counters()
  for (let times = 0; times < 3; times++) {
    expect(await shop.complete(orderId, shop.payment(sessionId))).toMatchObject({ outcome: 'refund_due', reason })
  }
  expect(await shop.orderStatus(orderId)).toBe('refund_due')
  expect(await shop.counters()).toEqual(before)
  expect(await payments(shop)).toEqual([{ status: 'refund_due', reason }])
  expect(await shop.query('select from ticketing.refunds where event_id = $1', [shop.eventId])).toHaveLength(1)
  expect((await messages(shop)).filter(message => message.startsWith('refund'))).toHaveLength(1)
  await database.withOwner(checkInvariants)
})

test('a cancelled order that is paid goes to refund, room or not', async () => {
  const shop = await open()
  const orderId = await shop.hold()
  const { attemptId, sessionId } = await shop.checkout(orderId)
  await database.call('ticketing.cancel_order', { event_id: shop.eventId, order_id: orderId, reason: 'buyer' })
  await shop.settle(orderId, attemptId, 'expired')
  expect(await shop.orderStatus(orderId)).toBe('cancelled')
  expect(await shop.complete(orderId, shop.payment(sessionId))).toMatchObject({
    outcome: 'refund_due',
    reason: 'order_cancelled',
  })
})

test('a replay issues the missing ordinals under the same ids and never revives a void ticket', async () => {
  const shop = await open()
  const orderId = await shop.hold({ items: [{ tierId: shop.tierIds[0] ?? '', quantity: 3 }] })
  const { sessionId } = await shop.checkout(orderId)
  const payment = shop.payment(sessionId, { amountMinor: 3000 })
  const first = await shop.complete(orderId, payment)
  const ids = first.outcome === 'issued' ? first.order.tickets.map(({ id }) => id) : []
  await shop.query('delete from ticketing.tickets where ticket_id = $1', [ids[1]])
  await shop.query("update ticketing.tickets set status = 'void', void_reason = 'refunded' where ticket_id = $1", [
    ids[2],
  ])
  const again = await shop.complete(orderId, payment, { kind: 'repair', actor: 'audit' })
  expect(again.outcome === 'replayed' && again.order.tickets.map(({ id, status }) => [id, status])).toEqual([
    [ids[0], 'valid'],
    [ids[1], 'valid'],
    [ids[2], 'void'],
  ])
  expect(await messages(shop)).toEqual(['fulfilled 1', 'tickets 1', 'tickets 2'])
})

test('no payment completes only what costs nothing', async () => {
  const shop = await open({ tiers: [{ priceMinor: 0 }, {}] })
  const paid = await shop.hold({ items: [{ tierId: shop.tierIds[1] ?? '', quantity: 1 }] })
  expect(await shop.complete(paid, null, { kind: 'free' })).toMatchObject({ outcome: 'payment_required' })
  const free = await shop.hold()
  expect(await shop.complete(free, null, { kind: 'free' })).toMatchObject({ outcome: 'issued' })
  expect(await shop.complete(free, null, { kind: 'free' })).toMatchObject({ outcome: 'replayed' })
  const gone = await shop.hold()
  await database.call('ticketing.cancel_order', { event_id: shop.eventId, order_id: gone, reason: 'buyer' })
  expect(await shop.complete(gone, null, { kind: 'free' })).toMatchObject({ outcome: 'released' })
  expect(await shop.complete(crypto.randomUUID(), null)).toEqual({ outcome: 'not_found' })
})

test('door, comp and admin completions name their actor', async () => {
  const shop = await open()
  const orderId = await shop.hold()
  const external = { kind: 'external', paymentId: crypto.randomUUID(), method: 'cash', reference: null } as const
  const payment = { ...external, amountMinor: 1000, currency: 'USD' }
  await expect(shop.complete(orderId, payment, { kind: 'door' })).rejects.toThrow('needs an actor')
  const door = { kind: 'door', actor: 'Grace' } as const
  expect(await shop.complete(orderId, payment, door)).toMatchObject({ outcome: 'issued' })
  expect(await shop.complete(orderId, payment, door)).toMatchObject({ outcome: 'replayed' })
  expect(await shop.complete(orderId, { ...payment, paymentId: crypto.randomUUID() }, door)).toMatchObject({
    outcome: 'surplus',
  })
})

test('an oversold tier never mends itself: a replay that would need its place asks for review', async () => {
  const shop = await open({ tiers: [{ capacity: 1 }] })
  const orderId = await shop.hold()
  const { sessionId } = await shop.checkout(orderId)
  const payment = shop.payment(sessionId)
  await shop.complete(orderId, payment)
  await shop.query("update ticketing.order_items set counted_as = 'none' where order_id = $1", [orderId])
  expect(await shop.complete(orderId, payment)).toMatchObject({ outcome: 'needs_review', reason: 'no_room' })
  expect(await shop.counters()).toEqual({ [shop.tierIds[0] ?? '']: { reserved: 0, issued: 1 } })
})
