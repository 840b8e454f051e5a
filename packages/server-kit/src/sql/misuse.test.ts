import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../ports/database.ts'
import { createPgliteDatabase } from '../testing/createPgliteDatabase.ts'
import { openTestShop, type TestShop } from '../testing/testShop.ts'

let database: MigratableDatabase
let shop: TestShop
beforeAll(async () => {
  database = await createPgliteDatabase()
  shop = await openTestShop(database, { pools: [{ capacity: 10 }] })
}, 60_000)
afterAll(() => database.close())

const misused = (message: RegExp) => ({ sqlState: '22023', message: expect.stringMatching(message) })

/** Calls that leave open who decided, by what they say. */
const nobodysDecisions: Record<
  string,
  [call: (event: { event_id: string }, actor: string) => Promise<unknown>, RegExp]
> = {
  cancel_event: [
    (event, actor) => database.call('ticketing.cancel_event', { ...event, actor, reason: null }),
    /cancelled by an actor/,
  ],
  pause_event: [
    (event, actor) => database.call('ticketing.pause_event', { ...event, paused: true, actor }),
    /by an actor/,
  ],
  set_tier_capacity: [
    (event, actor) =>
      database.call('ticketing.set_tier_capacity', { ...event, tier_id: shop.tierIds[0] ?? '', capacity: 50, actor }),
    /set by an actor/,
  ],
  set_pool_capacity: [
    (event, actor) =>
      database.call('ticketing.set_pool_capacity', { ...event, pool_id: shop.poolIds[0] ?? '', capacity: 50, actor }),
    /set by an actor/,
  ],
  repair_counter: [
    (event, actor) =>
      database.call('ticketing.repair_counter', { ...event, tier_id: shop.tierIds[0] ?? '', pool_id: null, actor }),
    /needs an actor/,
  ],
}
/** The same about one order. */
const nobodysOrders: Record<
  string,
  [call: (order: { event_id: string; order_id: string }, actor: string) => Promise<unknown>, RegExp]
> = {
  repair_lines: [(order, actor) => database.call('ticketing.repair_lines', { ...order, actor }), /needs an actor/],
  repair_refunds: [(order, actor) => database.call('ticketing.repair_refunds', { ...order, actor }), /needs an actor/],
  repair_tickets: [(order, actor) => database.call('ticketing.repair_tickets', { ...order, actor }), /needs an actor/],
  refund_reviewed_order: [
    (order, actor) => database.call('ticketing.refund_reviewed_order', { ...order, actor, note: null }),
    /decided by an actor/,
  ],
  request_refund: [
    (order, actor) =>
      database.call('ticketing.request_refund', {
        ...order,
        refund_id: crypto.randomUUID(),
        payment_id: null,
        amount_minor: null,
        ticket_ids: null,
        actor,
        reason: null,
      }),
    /needs an actor/,
  ],
  complete_order_atomic: [
    ({ order_id }, actor) => shop.complete(order_id, null, { kind: 'comp', actor }),
    /needs an actor/,
  ],
}

test.each(Object.entries(nobodysDecisions))('%s asks who decided', async (_, [call, message]) => {
  await expect(call({ event_id: shop.eventId }, '')).rejects.toMatchObject(misused(message))
})

test.each(Object.entries(nobodysOrders))('%s asks who decided', async (_, [call, message]) => {
  const orderId = await shop.hold()
  await expect(call({ event_id: shop.eventId, order_id: orderId }, '')).rejects.toMatchObject(misused(message))
  await database.call('ticketing.cancel_order', { event_id: shop.eventId, order_id: orderId, reason: 'buyer' })
})

test('an attempt with a session is not closed without the gateway', async () => {
  const orderId = await shop.hold()
  const { attemptId } = await shop.checkout(orderId)
  const attempt = { event_id: shop.eventId, order_id: orderId, attempt_id: attemptId }
  await expect(database.call('ticketing.close_attempt', { ...attempt, reason: 'rejected' })).rejects.toMatchObject(
    misused(/has a session/),
  )
  await expect(shop.settle(orderId, attemptId, 'open' as 'expired')).rejects.toMatchObject(
    misused(/unknown session status/),
  )
})

test('a refund is recorded in a state that is known', async () => {
  await expect(
    database.call('ticketing.record_refund', {
      event_id: shop.eventId,
      order_id: crypto.randomUUID(),
      refund_id: crypto.randomUUID(),
      state: 'on its way' as 'pending',
      gateway_refund_id: null,
      error: null,
    }),
  ).rejects.toMatchObject(misused(/unknown state/))
})

test('a gift is completed by the house alone', async () => {
  const orderId = await shop.hold()
  await shop.query("update ticketing.orders set kind = 'comp', total_minor = 0 where order_id = $1", [orderId])
  await expect(shop.complete(orderId, null)).rejects.toMatchObject(misused(/only the house/))
})

test('a cart holds something', async () => {
  await expect(shop.reserve({ items: [] })).rejects.toMatchObject(misused(/at least one line/))
})

test('the house is paid in the currency of the show', async () => {
  const orderId = crypto.randomUUID()
  const sale = database.call('ticketing.create_house_order', {
    event_id: shop.eventId,
    order_id: orderId,
    kind: 'door',
    client_key: orderId,
    request_hash: 'hash',
    items: [{ tierId: shop.tierIds[0] ?? '', quantity: 1 }],
    buyer: { name: 'Ada', email: 'ada@example.com' },
    payment: {
      kind: 'external',
      paymentId: crypto.randomUUID(),
      amountMinor: 1000,
      currency: 'EUR',
      method: 'cash',
      reference: null,
    },
    source: { kind: 'door', actor: 'Ida' },
  })
  await expect(sale).rejects.toMatchObject({ message: expect.stringMatching(/house was answered needs_review/) })
  expect(await shop.orderStatus(orderId)).toBe('not_found')
})

test('a key stays with its venue', async () => {
  const own = { publishable_key: 'vk_pub_misused', allowed_origins: [] }
  const { venueId } = await openTestShop(database)
  await database.call('venuekit.set_key', { ...own, venue_id: shop.venueId })
  await expect(database.call('venuekit.set_key', { ...own, venue_id: venueId })).rejects.toMatchObject(
    misused(/another venue/),
  )
})
