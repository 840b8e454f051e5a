import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../ports/database.ts'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createPgliteDatabase } from '../testing/createPgliteDatabase.ts'
import { type TestClock, testClock } from '../testing/testClock.ts'
import { openTestShop, type TestShop, type TestShopOptions, testAccount } from '../testing/testShop.ts'

let database: MigratableDatabase
let clock: TestClock
const open = (options?: TestShopOptions) => openTestShop(database, options)
const minutes = (count: number) => count * 60_000

beforeAll(async () => {
  database = await createPgliteDatabase()
  clock = await testClock(database)
  await clock.set('2029-01-01T12:00:00.000Z')
}, 60_000)
afterAll(() => database.close())

const begin = (shop: TestShop, orderId: string, attemptId: string = crypto.randomUUID()) =>
  database.call('ticketing.begin_checkout', {
    event_id: shop.eventId,
    order_id: orderId,
    attempt_id: attemptId,
    account: testAccount,
    mode: 'test',
    ui: 'redirect',
    params: { line_items: [{ quantity: 1 }] },
  })

const attach = (shop: TestShop, orderId: string, attemptId: string, sessionId: string, expiresAt: number) =>
  database.call('ticketing.attach_checkout', {
    event_id: shop.eventId,
    order_id: orderId,
    attempt_id: attemptId,
    account: testAccount,
    session_id: sessionId,
    url: 'https://pay.example',
    client_secret: null,
    session_expires_at: expiresAt,
  })

const cancel = (shop: TestShop, orderId: string) =>
  database.call('ticketing.cancel_order', { event_id: shop.eventId, order_id: orderId, reason: 'buyer' })

const sweep = (shop: TestShop) => database.call('ticketing.begin_expiry', { event_id: shop.eventId, max_orders: 100 })

const eventsToExpire = async (shop: TestShop) =>
  (await database.call('ticketing.events_to_expire', { max_events: 1000 })).eventIds.includes(shop.eventId)

test('an attempt keeps its parameters and ends 31 minutes on; beginning again answers the live one', async () => {
  const shop = await open()
  const orderId = await shop.hold()
  const begun = await begin(shop, orderId)
  expect(begun).toMatchObject({
    outcome: 'begun',
    attempt: {
      status: 'begun',
      params: { line_items: [{ quantity: 1 }] },
      expiresAt: Math.floor(clock.now() / 1000) + 31 * 60,
      sessionId: null,
    },
  })
  expect(await begin(shop, orderId)).toEqual(begun)
})

test('attaching prolongs the hold to the session and five minutes, never past the maximum', async () => {
  for (const [maxHoldSeconds, minutesHeld] of [
    [7200, 36],
    [1800, 30],
  ] as const) {
    const shop = await open({ event: { maxHoldSeconds } })
    const orderId = await shop.hold()
    const { attemptId, sessionId } = await shop.checkout(orderId)
    const held = await database.call('ticketing.get_order', { event_id: shop.eventId, order_id: orderId })
    expect(held).toMatchObject({
      order: { status: 'reserved', holdExpiresAt: new Date(clock.now() + minutes(minutesHeld)).toISOString() },
      attempt: { attemptId, status: 'attached', sessionId, url: 'https://pay.example' },
    })
  }
})

test('attaching twice is one; another session, a closed attempt and a cancelled order are refused', async () => {
  const shop = await open()
  const orderId = await shop.hold()
  const attemptId = crypto.randomUUID()
  await begin(shop, orderId, attemptId)
  const expiresAt = Math.floor(clock.now() / 1000) + 1860
  const first = await attach(shop, orderId, attemptId, 'cs_a', expiresAt)
  expect(first).toMatchObject({ outcome: 'attached' })
  expect(await attach(shop, orderId, attemptId, 'cs_a', expiresAt)).toEqual(first)
  expect(await attach(shop, orderId, attemptId, 'cs_b', expiresAt)).toMatchObject({ outcome: 'refused' })
  await cancel(shop, orderId)
  expect(await attach(shop, orderId, attemptId, 'cs_a', expiresAt)).toEqual({ outcome: 'refused', status: 'expiring' })
  expect(await attach(shop, crypto.randomUUID(), attemptId, 'cs_a', expiresAt)).toEqual({ outcome: 'not_found' })
})

test('what is not a plain hold any more cannot begin a checkout', async () => {
  const shop = await open({ tiers: [{}, { priceMinor: 0 }] })
  const free = await shop.hold({ items: [{ tierId: shop.tierIds[1] ?? '', quantity: 1 }] })
  expect(await begin(shop, free)).toEqual({ outcome: 'free' })
  const cancelled = await shop.hold()
  await cancel(shop, cancelled)
  expect(await begin(shop, cancelled)).toEqual({ outcome: 'not_payable', status: 'cancelled' })
  const lapsed = await shop.hold()
  await clock.advance(minutes(2))
  expect(await begin(shop, lapsed)).toEqual({ outcome: 'expired' })
})

test('a due hold without an attempt is released at once, in one batch; one not yet due is left', async () => {
  const shop = await open({ pools: [{ capacity: 9 }], tiers: [{}, {}] })
  const items = shop.tierIds.map(tierId => ({ tierId, quantity: 2 }))
  const due = [await shop.hold({ items }), await shop.hold()]
  expect(await eventsToExpire(shop)).toBe(false)
  await clock.advance(minutes(2))
  const fresh = await shop.hold()
  expect(await eventsToExpire(shop)).toBe(true)
  expect(await sweep(shop)).toEqual({ due: 2, released: 2, attempts: [] })
  for (const orderId of due) expect(await shop.orderStatus(orderId)).toBe('expired')
  expect(await shop.orderStatus(fresh)).toBe('reserved')
  expect(await shop.counters()).toMatchObject({ [shop.poolIds[0] ?? '']: { reserved: 1, issued: 0 } })
  expect(await shop.imbalances()).toEqual([])
})

test('a due hold with an open attempt stays counted until the gateway has spoken', async () => {
  const shop = await open()
  const [tierId = ''] = shop.tierIds
  const orderId = await shop.hold()
  const { attemptId, sessionId } = await shop.checkout(orderId)
  await clock.advance(minutes(36))
  for (let times = 0; times < 2; times++) {
    expect(await sweep(shop)).toMatchObject({ released: 0, attempts: [{ attemptId, sessionId }] })
    expect(await shop.orderStatus(orderId)).toBe('expiring')
    expect(await shop.counters()).toEqual({ [tierId]: { reserved: 1, issued: 0 } })
  }
  expect(await shop.settle(orderId, attemptId, 'expired')).toMatchObject({ outcome: 'released' })
  expect(await shop.settle(orderId, attemptId, 'expired')).toMatchObject({ outcome: 'unchanged' })
  expect(await shop.orderStatus(orderId)).toBe('expired')
  expect(await shop.counters()).toEqual({ [tierId]: { reserved: 0, issued: 0 } })
  expect(await shop.imbalances()).toEqual([])
})

test('the database itself refuses to release places while an attempt is open', async () => {
  const shop = await open()
  const orderId = await shop.hold()
  await shop.checkout(orderId)
  await cancel(shop, orderId)
  await expect(
    shop.query("update ticketing.orders set status = 'cancelled' where order_id = $1", [orderId]),
  ).rejects.toMatchObject({ constraint: 'no_release_while_attempt_is_open' })
})

test('cancelling is done at once without an attempt, waits at the fence with one, and answers the same again', async () => {
  const shop = await open()
  const plain = await shop.hold()
  for (let times = 0; times < 2; times++) {
    expect(await cancel(shop, plain)).toMatchObject({
      outcome: 'cancelled',
      order: { status: 'cancelled' },
      attempts: [],
    })
  }
  const paying = await shop.hold()
  const { attemptId, sessionId } = await shop.checkout(paying)
  for (let times = 0; times < 2; times++) {
    expect(await cancel(shop, paying)).toMatchObject({ outcome: 'expiring', attempts: [{ attemptId, sessionId }] })
  }
  expect(await eventsToExpire(shop)).toBe(true)
  await shop.settle(paying, attemptId, 'expired')
  expect(await shop.orderStatus(paying)).toBe('cancelled')
  const paid = await shop.hold()
  const checkout = await shop.checkout(paid)
  await shop.complete(paid, shop.payment(checkout.sessionId))
  expect(await cancel(shop, paid)).toMatchObject({ outcome: 'not_cancellable', order: { status: 'fulfilled' } })
  await database.withOwner(checkInvariants)
})

test('a session that ran out while the hold lives closes its attempt, and the buyer may begin another', async () => {
  const shop = await open()
  const orderId = await shop.hold()
  const { attemptId } = await shop.checkout(orderId)
  expect(await shop.settle(orderId, attemptId, 'expired')).toMatchObject({
    outcome: 'closed',
    order: { status: 'reserved' },
  })
  const begun = await begin(shop, orderId)
  expect(begun.outcome === 'begun' && begun.attempt.attemptId).not.toBe(attemptId)
})

test('an attempt that never got a session closes by word of the caller; one with a session never so', async () => {
  const shop = await open()
  const orderId = await shop.hold()
  const close = (attemptId: string) =>
    database.call('ticketing.close_attempt', {
      event_id: shop.eventId,
      order_id: orderId,
      attempt_id: attemptId,
      reason: 'too_soon',
    })
  const first = crypto.randomUUID()
  await begin(shop, orderId, first)
  expect(await close(first)).toEqual({ outcome: 'closed' })
  expect(await close(first)).toEqual({ outcome: 'already_closed' })
  const { attemptId } = await shop.checkout(orderId)
  await expect(close(attemptId)).rejects.toThrow('has a session')
  expect(await shop.settle(orderId, attemptId, 'never_created')).toMatchObject({ outcome: 'unchanged' })
  await cancel(shop, orderId)
  await shop.settle(orderId, attemptId, 'expired')
  expect(await close(crypto.randomUUID())).toEqual({ outcome: 'not_found' })
})

test('a cancelled order whose only attempt was never created is released when that is known', async () => {
  const shop = await open()
  for (const end of ['close', 'settle'] as const) {
    const orderId = await shop.hold()
    const attemptId = crypto.randomUUID()
    await begin(shop, orderId, attemptId)
    expect(await cancel(shop, orderId)).toMatchObject({ outcome: 'expiring' })
    if (end === 'settle') await shop.settle(orderId, attemptId, 'never_created')
    else {
      const own = { event_id: shop.eventId, order_id: orderId, attempt_id: attemptId }
      await database.call('ticketing.close_attempt', { ...own, reason: 'rejected' })
    }
    expect(await shop.orderStatus(orderId)).toBe('cancelled')
  }
  expect(await shop.imbalances()).toEqual([])
})

test('a delayed payment keeps its places while it is pending, is issued when it arrives, released when it fails', async () => {
  const shop = await open()
  const [tierId = ''] = shop.tierIds
  const orders: { orderId: string; attemptId: string; sessionId: string }[] = []
  for (let count = 0; count < 2; count++) {
    const orderId = await shop.hold()
    orders.push({ orderId, ...(await shop.checkout(orderId)) })
  }
  for (const { orderId, attemptId } of orders) {
    expect(await shop.settle(orderId, attemptId, 'complete_unpaid')).toMatchObject({
      outcome: 'payment_pending',
      order: { status: 'payment_pending', holdExpiresAt: null },
    })
  }
  expect(await shop.counters()).toEqual({ [tierId]: { reserved: 2, issued: 0 } })
  const [paid, failed] = orders
  if (!paid || !failed) throw new Error('two orders were made')
  expect(await shop.complete(paid.orderId, shop.payment(paid.sessionId))).toMatchObject({ outcome: 'issued' })
  expect(await shop.settle(failed.orderId, failed.attemptId, 'payment_failed')).toMatchObject({ outcome: 'released' })
  expect(await shop.orderStatus(failed.orderId)).toBe('expired')
  expect(await shop.counters()).toEqual({ [tierId]: { reserved: 0, issued: 1 } })
  await database.withOwner(checkInvariants)
})

test('a session left open beside an order that was paid otherwise is handed to the sweeper', async () => {
  const shop = await open()
  const orderId = await shop.hold()
  const first = await shop.checkout(orderId)
  await shop.settle(orderId, first.attemptId, 'expired')
  const second = await shop.checkout(orderId)
  await shop.complete(orderId, shop.payment(first.sessionId))
  expect(await eventsToExpire(shop)).toBe(true)
  expect(await sweep(shop)).toMatchObject({ released: 0, attempts: [{ attemptId: second.attemptId }] })
  expect(await shop.settle(orderId, second.attemptId, 'expired')).toMatchObject({ outcome: 'closed' })
  expect(await eventsToExpire(shop)).toBe(false)
})
