import { createOrderResponse } from '@venuekit/core/contracts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let desk: OrderDesk
let money: MoneyDesk
beforeAll(async () => {
  stage = await startTestKit()
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  money = createMoneyDesk(stage)
}, 60_000)
afterAll(() => stage.close())
afterEach(async () => {
  await money.settled()
  await stage.database.withOwner(checkInvariants)
})

/** The price rises behind the session's back, so that what was paid is not what the order costs. */
const underReview = async (capacity = 10) => {
  const event = await stage.createEvent({ tiers: [newTier({ capacity })] })
  const placed = await desk.order(event)
  await stage.database.withOwner(connection =>
    connection.exec(`
      update ticketing.order_items set unit_price_minor = 3000, total_minor = 3000 where order_id = '${placed.order.id}';
      update ticketing.orders set total_minor = 3000 where order_id = '${placed.order.id}'`),
  )
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  return { event, placed }
}

test('a payment that does not match waits for a person, and holds its place', async () => {
  const { event, placed } = await underReview()
  expect(await money.order(placed)).toMatchObject({
    status: 'needs_review',
    reviewReason: 'amount_differs',
    payments: [{ status: 'needs_review' }],
    tickets: [],
  })
  expect(await money.counters(event.id)).toEqual({ reserved: 1, issued: 0 })
  expect((await money.refund(placed)).problem().detail).toContain('under_review')
})

test('fulfilled after all, by an actor who stays on record; twice is once', async () => {
  const { event, placed } = await underReview()
  expect((await money.review(placed, 'fulfil')).status).toBe(200)
  expect((await money.review(placed, 'fulfil')).status).toBe(200)
  expect(await money.order(placed)).toMatchObject({
    status: 'fulfilled',
    payments: [{ status: 'applied' }],
    tickets: [{ status: 'valid' }],
  })
  expect(await money.counters(event.id)).toEqual({ reserved: 0, issued: 1 })
  const actors = await stage.database.withOwner(connection =>
    connection.query('select reviewed_by from ticketing.orders where order_id = $1', [placed.order.id]),
  )
  expect(actors).toEqual([{ reviewed_by: 'Ida' }])
  // What was paid is what goes back, not what it should have cost.
  expect(await money.refunded(placed)).toMatchObject({
    status: 'refunded',
    payments: [{ refunded: { amountMinor: 2500, currency: 'USD' } }],
  })
})

test('of two payments under review the one that fits buys the tickets, though the other came first', async () => {
  const { event, placed } = await underReview()
  // Another session of the order, at which exactly its total is paid.
  const [attemptId, sessionId] = [crypto.randomUUID(), `cs_${crypto.randomUUID()}`]
  await stage.database.withOwner(connection =>
    connection.query(
      `insert into ticketing.attempts (
         event_id, attempt_id, order_id, status, account, mode, ui, params, expires_at, begun_at, session_id, attached_at)
       select event_id, $2, order_id, 'attached', account, mode, ui, params, expires_at, begun_at, $3, attached_at
       from ticketing.attempts where order_id = $1`,
      [placed.order.id, attemptId, sessionId],
    ),
  )
  const second = await stage.database.call('ticketing.complete_order_atomic', {
    event_id: event.id,
    order_id: placed.order.id,
    payment: {
      paymentId: crypto.randomUUID(),
      kind: 'gateway',
      account: stage.gateway.account,
      mode: stage.gateway.mode,
      sessionId,
      paymentIntentId: null,
      attemptId,
      amountMinor: 3000,
      currency: 'USD',
    },
    source: { kind: 'webhook' },
  })
  expect(second).toMatchObject({ outcome: 'needs_review', reason: 'amount_differs' })
  expect((await money.review(placed, 'fulfil')).status).toBe(200)
  const { payments } = await money.order(placed)
  expect(payments.map(({ amount, status }) => [amount.amountMinor, status]).sort()).toEqual([
    [2500, 'needs_review'],
    [3000, 'applied'],
  ])
})

test('sent back: the place is free at once, the money goes through the same worker, the buyer is told once', async () => {
  const { event, placed } = await underReview()
  expect((await money.review(placed, 'refund')).status).toBe(200)
  expect(await money.counters(event.id)).toEqual({ reserved: 0, issued: 0 })
  await money.settled()
  expect(await money.order(placed)).toMatchObject({
    status: 'refunded',
    payments: [{ status: 'refunded' }],
    refunds: [{ status: 'succeeded' }],
  })
  expect((await money.review(placed, 'refund')).status).toBe(200)
  await money.settled()
  expect(stage.messages.sent.filter(({ order }) => order.id === placed.order.id)).toMatchObject([{ kind: 'refund' }])
  expect((await money.review(placed, 'fulfil')).problem()).toMatchObject({ code: 'conflict' })
})

test('without room an order under review is not fulfilled', async () => {
  const { placed, event } = await underReview(1)
  await stage.database.withOwner(connection =>
    connection.exec(`
      insert into ticketing.journal (event_id, occurred_at, kind, order_id, tier_id, reserved_delta)
      select event_id, now(), 'repair', order_id, tier_id, -1 from ticketing.order_items
      where order_id = '${placed.order.id}';
      update ticketing.order_items set counted_as = 'none' where order_id = '${placed.order.id}';
      update ticketing.orders set released_at = now() where order_id = '${placed.order.id}';
      update ticketing.tier_inventory set reserved = 0 where event_id = '${event.id}'`),
  )
  ;(await desk.send(desk.cart(event))).read(createOrderResponse)
  expect((await money.review(placed, 'fulfil')).problem()).toMatchObject({ code: 'sold_out' })
  expect(await money.order(placed)).toMatchObject({ status: 'needs_review' })
  expect((await money.review(placed, 'refund')).status).toBe(200)
})

test('of a cancelled show nobody is sent tickets any more: only the money can go back', async () => {
  const { placed, event } = await underReview()
  await money.cancelEvent(event.id)
  await money.settled()
  expect((await money.review(placed, 'fulfil')).problem()).toMatchObject({
    code: 'conflict',
    detail: 'The event is cancelled: send the money back.',
  })
  expect((await money.review(placed, 'refund')).status).toBe(200)
  await money.settled()
  expect(await money.order(placed)).toMatchObject({ status: 'refunded', tickets: [] })
  expect(stage.messages.sent.filter(({ order }) => order.id === placed.order.id)).toMatchObject([{ kind: 'refund' }])
})

test('an order that is not under review has nothing to decide', async () => {
  const placed = await desk.order(await stage.createEvent())
  for (const decision of ['fulfil', 'refund'] as const) {
    expect((await money.review(placed, decision)).problem()).toMatchObject({ code: 'conflict', status: 409 })
  }
})

test('what waits for a decision counts against the health of its event, is told of, and is over with the decision', async () => {
  const { event, placed } = await underReview()
  const check = async () => {
    await stage.twin.control.advance(301_000)
    await stage.kit.jobs.run('check-health')
    await stage.kit.drain()
  }
  const partOf = async () => {
    const answer = await stage.database.call('ticketing.get_event_health', { event_id: event.id })
    return answer.outcome === 'found' ? answer.health.parts.waiting_reviews : null
  }
  await check()
  expect(await partOf()).toBe(1)
  expect((await stage.database.call('ticketing.get_health', {})).parts.waiting_reviews).toBeGreaterThan(0)
  const told = () =>
    stage.alerts.filter(({ code, fields }) => code === 'waiting_reviews' && fields.eventId === event.id)
  expect(told()).toHaveLength(1)
  await money.review(placed, 'fulfil')
  await check()
  expect(await partOf()).toBe(0)
  const open = await stage.database.withOwner(connection =>
    connection.query('select from venuekit.alerts where fingerprint = $1 and resolved_at is null', [
      `health:${event.id}:waiting_reviews`,
    ]),
  )
  expect(open).toEqual([])
})
