import type { AdminEvent, CreateOrderResponse } from '@venuekit/core/contracts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { findingsOf } from './audit.ts'

let stage: TestKit
let desk: OrderDesk
let money: MoneyDesk
beforeAll(async () => {
  stage = await startTestKit()
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  money = createMoneyDesk(stage)
}, 60_000)
afterAll(() => stage.close())
beforeEach(() => void stage.alerts.splice(0))

const run = (sql: string, ...parameters: unknown[]) =>
  stage.database.withOwner(connection => connection.query(sql, parameters))
/** Past the triggers too. */
const force = async (table: string, sql: string, ...parameters: unknown[]) => {
  await run(`alter table ticketing.${table} disable trigger user`)
  await run(sql, ...parameters)
  await run(`alter table ticketing.${table} enable trigger user`)
}
const minutes = (count: number) => stage.twin.control.advance(count * 60_000)
const found = async ({ id }: AdminEvent) => findingsOf(await stage.kit.audit({ eventId: id })).map(({ kind }) => kind)
const repair = async ({ id }: AdminEvent) => {
  const { steps, left } = await stage.kit.repair({ actor: 'mara', apply: true, eventId: id })
  return {
    steps: steps.map(({ finding, outcome }) => `${finding.kind} ${outcome}`),
    left: findingsOf(left).map(({ kind }) => kind),
  }
}
const whole = () => stage.database.withOwner(checkInvariants)

const pay = async (placed: CreateOrderResponse) => {
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
}
const bought = async (event: AdminEvent, quantity = 1) => {
  const placed = await desk.order(event, quantity)
  await pay(placed)
  return placed
}
/** Stripe tells everything again. */
const tellAgain = async (placed: CreateOrderResponse) => {
  await run(
    "update venuekit.webhooks set status = 'pending', finished_at = null, next_try_at = now() where payload::text like '%' || $1 || '%'",
    sessionOf(placed),
  )
  await stage.kit.jobs.run('process-webhooks', { extra: true })
  await money.settled()
}

test('a payment whose claim is lost is not taken for a second one, and not sent back, when Stripe tells of it again', async () => {
  const event = await stage.createEvent()
  const placed = await bought(event)
  await run('delete from venuekit.gateway_objects where order_id = $1', placed.order.id)
  await tellAgain(placed)
  expect(await money.order(placed)).toMatchObject({ payments: [{ status: 'applied' }], refunds: [] })
  expect(await run('select from venuekit.gateway_objects where order_id = $1', placed.order.id)).toHaveLength(2)
  await whole()
})

test('a payment whose record is lost is recorded again when Stripe tells of it, though its claim was left', async () => {
  const event = await stage.createEvent()
  const placed = await bought(event)
  await run('delete from ticketing.payments where order_id = $1', placed.order.id)
  expect(await found(event)).toEqual(['tickets_without_payment'])
  await tellAgain(placed)
  expect(await found(event)).toEqual([])
  expect(await money.order(placed)).toMatchObject({
    payments: [{ status: 'applied' }],
    refunds: [],
    status: 'fulfilled',
  })
})

test('an order that was paid, but whose record and tickets are lost, gets both when Stripe tells of it', async () => {
  const event = await stage.createEvent()
  const placed = await desk.order(event)
  await run(
    `insert into venuekit.gateway_objects select account, session_id, event_id, order_id, gen_random_uuid(), now()
     from ticketing.attempts where order_id = $1`,
    placed.order.id,
  )
  await pay(placed)
  expect(await desk.show(placed)).toMatchObject({ status: 'fulfilled', tickets: [{}] })
  await whole()
})

test('money that stands as applied to an order that ended is told to a person, not called on its way back', async () => {
  const event = await stage.createEvent()
  const placed = await bought(event)
  await run('delete from ticketing.tickets where order_id = $1', placed.order.id)
  await force(
    'orders',
    "update ticketing.orders set status = 'expired', fulfilled_at = null where order_id = $1",
    placed.order.id,
  )
  await run("update ticketing.order_items set counted_as = 'none' where order_id = $1", placed.order.id)
  stage.alerts.splice(0)
  await tellAgain(placed)
  expect(stage.alerts.map(({ code }) => code)).toContain('payment_needs_review')
  expect(stage.alerts.map(({ code }) => code)).not.toContain('payment_refund_due')
  const { steps } = await repair(event)
  expect(steps).toContain('paid_without_tickets needs_a_person')
  await money.refunded(placed)
  expect(await repair(event)).toMatchObject({ left: [] })
})

test.each([
  ['all', 1, 'delete from ticketing.order_items where order_id = $1'],
  ['one', 2, 'delete from ticketing.order_items where order_id = $1 and line = 2'],
])(
  'an order that has lost %s of its lines is not fulfilled without them: its payment waits for a person',
  async (_which, count, damage) => {
    const tiers = [newTier(), newTier({ name: 'Balcony' })].slice(0, count)
    const event = await stage.createEvent({ tiers })
    const answer = await desk.send({ ...desk.cart(event), items: tiers.map(({ id }) => ({ tierId: id, quantity: 1 })) })
    const placed = answer.body as CreateOrderResponse
    await run(damage, placed.order.id)
    expect(await found(event)).toContain('line_drift')
    await pay(placed)
    expect((await desk.show(placed)).tickets).toEqual([])
    expect(await money.order(placed)).toMatchObject({ status: 'needs_review', reviewReason: 'lines_differ' })
    expect((await repair(event)).steps).toContain('line_drift needs_a_person')
    expect((await money.review(placed, 'refund')).status).toBe(200)
    await money.settled()
    expect((await money.order(placed)).payments).toMatchObject([{ status: 'refunded' }])
  },
)

test('a ticket beyond the places of its line is named, hides no missing one, and gives no place back once it is void', async () => {
  const [first, second] = [newTier(), newTier({ name: 'Balcony' })]
  const event = await stage.createEvent({ tiers: [first, second] })
  const items = [first, second].map(({ id }) => ({ tierId: id, quantity: 1 }))
  const placed = (await desk.send({ ...desk.cart(event), items })).body as CreateOrderResponse
  await pay(placed)
  await run(
    'update ticketing.tickets set line = 1, ordinal = 2, ticket_id = gen_random_uuid() where order_id = $1 and line = 2',
    placed.order.id,
  )
  expect(await found(event)).toEqual(['paid_without_tickets', 'tickets_without_payment'])
  expect(await repair(event)).toMatchObject({ left: ['tickets_without_payment'] })
  await run(
    "update ticketing.tickets set status = 'void', void_reason = 'forged' where order_id = $1 and ordinal = 2",
    placed.order.id,
  )
  expect(await found(event)).toEqual([])
  await run('update ticketing.order_items set returned = 1 where order_id = $1 and line = 2', placed.order.id)
  expect(await repair(event)).toMatchObject({ left: [] })
  expect(
    await run('select line from ticketing.order_items where order_id = $1 and returned > 0', placed.order.id),
  ).toEqual([])
})

test.each(['infinity', '2090-01-01'])(
  'a hold until %s is named, and ended by the repair once its session is',
  async until => {
    const event = await stage.createEvent()
    const placed = await desk.order(event)
    await run(
      'update ticketing.orders set hold_expires_at = $2::timestamptz where order_id = $1',
      placed.order.id,
      until,
    )
    expect(await found(event)).toEqual(['overdue_reservations'])
    expect(await repair(event)).toEqual({ steps: ['overdue_reservations repaired'], left: [] })
    expect((await desk.show(placed)).status).toBe('cancelled')
    expect(() => stage.twin.control.pay(sessionOf(placed))).toThrow()
  },
)

test('a delayed payment that is waited for without an end, or without a session, gives its places back', async () => {
  const event = await stage.createEvent()
  const placed = await desk.order(event)
  await run(
    "update ticketing.orders set status = 'payment_pending', hold_expires_at = null where order_id = $1",
    placed.order.id,
  )
  await run(
    "update ticketing.attempts set status = 'closed', closed_at = now(), close_reason = 'expired' where order_id = $1",
    placed.order.id,
  )
  expect(await found(event)).toEqual(['overdue_reservations'])
  await minutes(48 * 60)
  await stage.kit.jobs.run('expire-reservations', { extra: true })
  expect((await desk.show(placed)).status).toBe('expired')
  expect(await found(event)).toEqual([])
})

test('an order that goes without saying why keeps no other hold of its event from ending', async () => {
  const event = await stage.createEvent()
  const [nameless, other] = [await desk.order(event), await desk.order(event)]
  await run(
    "update ticketing.attempts set status = 'closed', closed_at = now(), close_reason = 'expired' where event_id = $1",
    event.id,
  )
  await force(
    'orders',
    "update ticketing.orders set status = 'expiring', release_reason = null where order_id = $1",
    nameless.order.id,
  )
  await minutes(60)
  await stage.kit.jobs.run('expire-reservations', { extra: true })
  expect((await desk.show(nameless)).status).toBe('expired')
  expect((await desk.show(other)).status).toBe('expired')
})

test('an order that is fulfilled at no time still shows its buyer the tickets', async () => {
  const placed = await bought(await stage.createEvent())
  await force('orders', 'update ticketing.orders set fulfilled_at = null where order_id = $1', placed.order.id)
  expect(await desk.show(placed)).toMatchObject({ status: 'fulfilled', tickets: [{ status: 'valid' }] })
})

test('a session that ends at no time keeps no other hold of its event from the fence', async () => {
  const event = await stage.createEvent()
  const [odd, other] = [await desk.order(event), await desk.order(event)]
  await run("update ticketing.attempts set expires_at = 'infinity' where order_id = $1", odd.order.id)
  await minutes(60)
  await stage.kit.jobs.run('expire-reservations', { extra: true })
  expect((await desk.show(odd)).status).toBe('expired')
  expect((await desk.show(other)).status).toBe('expired')
})

test('a key whose order is lost is refused clearly, and another one begins anew', async () => {
  const event = await stage.createEvent()
  const cart = desk.cart(event)
  const idempotencyKey = crypto.randomUUID()
  const placed = (await desk.send(cart, { idempotencyKey })).body as CreateOrderResponse
  await run('delete from ticketing.attempts where order_id = $1', placed.order.id)
  await run('delete from ticketing.order_items where order_id = $1', placed.order.id)
  await run('delete from ticketing.orders where order_id = $1', placed.order.id)
  expect((await desk.send(cart, { idempotencyKey })).problem().code).toBe('idempotency_conflict')
  expect((await desk.send(cart)).status).toBe(200)
  expect(await repair(event)).toEqual({ steps: ['ghost_reservations repaired'], left: [] })
})
