import { type AdminEvent, adminEventPage, adminEventResponse } from '@venuekit/core/contracts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { testSecrets } from '../testing/testSecrets.ts'
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
/** Whatever was done to it, a repaired event is whole again. */
afterEach(() => stage.database.withOwner(checkInvariants))

const run = (sql: string, ...parameters: unknown[]) =>
  stage.database.withOwner(connection => connection.query(sql, parameters))
const minutes = (count: number) => stage.twin.control.advance(count * 60_000)
const read = (path: string) => {
  const [bearer] = testSecrets.adminKeys
  return stage.call('GET', `/v1/admin${path}`, { key: null, origin: null, bearer })
}

const foundIn = async ({ id }: AdminEvent) =>
  findingsOf(await stage.kit.audit({ eventId: id })).map(({ kind, sentence }) => `${kind}: ${sentence}`)
const repair = async ({ id }: AdminEvent) => {
  const { steps, left } = await stage.kit.repair({ actor: 'mara', apply: true, eventId: id })
  return { steps: steps.map(({ finding, outcome }) => `${finding.kind} ${outcome}`), left: findingsOf(left) }
}
const bought = async (event: AdminEvent, quantity = 1) => {
  const placed = await desk.order(event, quantity)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  return placed
}
/** What the inbox has of the payment of a session. */
const inboxOf = async (sessionId: string) => {
  const rows = await run(
    "select distinct status from venuekit.webhooks where payload -> 'data' -> 'object' ->> 'id' = $1 and type = 'checkout.session.completed'",
    sessionId,
  )
  return rows.map(({ status }) => status)
}

test.each([
  ['is gone', 'delete from ticketing.tier_inventory where event_id = $1'],
  ['counts too few', 'update ticketing.tier_inventory set reserved = 0 where event_id = $1'],
])('what was paid while its counter %s waits in the inbox, and is issued after the repair', async (_how, damage) => {
  const event = await stage.createEvent()
  const other = await stage.createEvent()
  const placed = await desk.order(event, 2)
  await run(damage, event.id)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  expect(await inboxOf(sessionOf(placed))).toEqual(['pending'])
  expect((await desk.show(placed)).status).toBe('reserved')
  expect((await desk.show(await bought(other))).status).toBe('fulfilled')

  expect((await foundIn(event)).some(found => found.startsWith('counter_drift'))).toBe(true)
  const { steps, left } = await repair(event)
  expect(steps).toContain('counter_drift repaired')
  expect(left).toEqual([])
  await minutes(5)
  await stage.kit.jobs.run('process-webhooks')
  await money.settled()
  expect(await inboxOf(sessionOf(placed))).toEqual(['done'])
  expect((await desk.show(placed)).tickets).toHaveLength(2)
  expect((await repair(event)).steps).toEqual([])
})

test('a counter that is gone sells nothing, breaks no list, and comes back with the capacity of its journal', async () => {
  const event = await stage.createEvent({ tiers: [newTier({ capacity: 7 })] })
  await bought(event, 3)
  await run('delete from ticketing.tier_inventory where event_id = $1', event.id)
  expect((await desk.send(desk.cart(event))).status).toBe(400)
  expect(
    (await read(`/events?venueId=${stage.venue.venueId}&limit=100`))
      .read(adminEventPage)
      .items.some(({ id }) => id === event.id),
  ).toBe(true)
  expect(await foundIn(event)).toEqual([
    'counter_drift: Tier "General admission" has no counter any more, so that nothing of it can be sold or issued; its orders hold 0 and took 3 of 7.',
  ])
  expect(await repair(event)).toMatchObject({ steps: ['counter_drift repaired'], left: [] })
  const { tiers } = (await read(`/events/${event.id}`)).read(adminEventResponse).event
  expect(tiers).toMatchObject([{ capacity: 7, reserved: 0, issued: 3 }])
})

test('tiers of a pool whose counter is gone are sold out for everybody, until it is repaired', async () => {
  const poolId = crypto.randomUUID()
  const pools = [{ id: poolId, name: 'Hall', capacity: 5 }]
  const event = await stage.createEvent({ pools, tiers: [newTier({ poolId })] })
  await bought(event, 2)
  await run('delete from ticketing.pool_inventory where event_id = $1', event.id)
  const shown = (await read(`/events/${event.id}`)).read(adminEventResponse).event
  expect(shown.tiers).toMatchObject([{ status: 'sold_out', available: 0 }])
  expect((await desk.send(desk.cart(event))).status).toBe(409)
  expect(await repair(event)).toMatchObject({ steps: ['counter_drift repaired'], left: [] })
  expect((await desk.send(desk.cart(event, 3))).status).toBe(200)
  expect((await desk.send(desk.cart(event))).status).toBe(409)
})

/** Ended by the gateway's word, which was wrong: its session can still be paid. */
const endedTooEarly = async (event: AdminEvent) => {
  const placed = await desk.order(event)
  const { id } = placed.order
  await run(
    "update ticketing.attempts set status = 'closed', closed_at = now(), close_reason = 'expired' where order_id = $1",
    id,
  )
  await run("update ticketing.orders set status = 'expiring', release_reason = 'expired' where order_id = $1", id)
  await stage.kit.jobs.run('expire-reservations', { extra: true })
  return placed
}

test('a late payment is not sent back for want of room where the counter is gone', async () => {
  const event = await stage.createEvent()
  const placed = await endedTooEarly(event)
  await run('delete from ticketing.tier_inventory where event_id = $1', event.id)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  expect((await money.order(placed)).refunds).toEqual([])
  await repair(event)
  await minutes(5)
  await stage.kit.jobs.run('process-webhooks')
  await money.settled()
  expect((await desk.show(placed)).status).toBe('fulfilled')
})

test('an order that ended, and whose line still claims its place, takes none from others when it is paid late', async () => {
  const event = await stage.createEvent()
  const placed = await endedTooEarly(event)
  await desk.order(event)
  await run("update ticketing.order_items set counted_as = 'reserved' where order_id = $1", placed.order.id)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  expect((await desk.show(placed)).status).toBe('fulfilled')
  expect(await money.counters(event.id)).toEqual({ reserved: 1, issued: 1 })
})

/** Two tiers, and a hold on each that nobody pays; the first tier's counter has forgotten its own. */
const halfSick = async (change: { priceMinor?: number } = {}) => {
  const [sick, well] = [newTier({ name: 'Sick', ...change }), newTier({ name: 'Well', ...change })]
  const event = await stage.createEvent({ tiers: [sick, well] })
  const cart = (tierId: string) => ({ ...desk.cart(event), items: [{ tierId, quantity: 1 }] })
  return { event, sick, order: (tier: { id: string }) => desk.send(cart(tier.id)), well }
}
const statuses = async ({ id }: AdminEvent) => {
  const rows = await run(
    `select t.name || ' ' || o.status as status from ticketing.orders o join ticketing.order_items i using (event_id, order_id)
     join ticketing.tiers t using (event_id, tier_id) where event_id = $1 order by 1`,
    id,
  )
  return rows.map(({ status }) => status)
}

test('holds end although another tier of the event cannot give its places back, and those end after the repair', async () => {
  const { event, sick, well, order } = await halfSick()
  await order(sick)
  await order(well)
  await run(
    'update ticketing.attempts set closed_at = now(), status = $2, close_reason = $2 where event_id = $1',
    event.id,
    'closed',
  )
  await run('update ticketing.tier_inventory set reserved = 0 where tier_id = $1', sick.id)
  await minutes(60)
  await stage.kit.jobs.run('expire-reservations', { extra: true })
  expect(await statuses(event)).toEqual(['Sick expiring', 'Well expired'])
  await repair(event)
  expect(await statuses(event)).toEqual(['Sick expired', 'Well expired'])
  expect(await foundIn(event)).toEqual([])
})

test('a cancelled show pays back and voids all that it can, although one tier cannot give its places back', async () => {
  const { event, sick, well, order } = await halfSick({ priceMinor: 0 })
  await order(sick)
  await order(well)
  await run('update ticketing.tier_inventory set issued = 0 where tier_id = $1', sick.id)
  await money.cancelEvent(event.id)
  await money.settled()
  const voids = () =>
    run(
      "select t.name from ticketing.tickets k join ticketing.order_items i using (event_id, order_id, line) join ticketing.tiers t using (event_id, tier_id) where event_id = $1 and k.status = 'void' order by 1",
      event.id,
    )
  expect(await voids()).toEqual([{ name: 'Well' }])
  await repair(event)
  await minutes(5)
  await stage.kit.jobs.run('cancel-events')
  await money.settled()
  expect(await voids()).toEqual([{ name: 'Sick' }, { name: 'Well' }])
  expect(await foundIn(event)).toEqual([])
})

test('capacities that somebody wrote as without end break neither the health nor the audit of all events', async () => {
  const event = await stage.createEvent({ tiers: [newTier(), newTier({ name: 'Balcony' })] })
  await run(
    'update ticketing.tier_inventory set capacity = 2147483647, reserved = 2000000000 where event_id = $1',
    event.id,
  )
  const { events } = await stage.kit.audit()
  expect(events.map(({ eventId }) => eventId)).toContain(event.id)
  expect((await read('/health')).status).toBe(200)
  expect((await stage.kit.jobs.run('check-health', { extra: true })).taken).toBe(true)
  expect((await read('/health')).body).toMatchObject({ score: 2147483647 })
  await run('update ticketing.tier_inventory set capacity = 100 , reserved = 0 where event_id = $1', event.id)
  await repair(event)
})

test('a look at an event that a clock gone wrong has dated to the future is not believed', async () => {
  const event = await stage.createEvent()
  await stage.kit.jobs.run('check-health', { extra: true })
  await run(
    "update ticketing.health_checkpoints set checked_at = checked_at + interval '1 year' where event_id = $1",
    event.id,
  )
  await run('update ticketing.tier_inventory set reserved = 5 where event_id = $1', event.id)
  expect((await read('/health')).body).toMatchObject({ parts: { ghost_reservations: 5 } })
  await stage.kit.jobs.run('check-health', { extra: true })
  const [mark] = await run(
    'select checked_at < venuekit.clock() + $2 * interval $$1 day$$ as is_now, score from ticketing.health_checkpoints where event_id = $1',
    event.id,
    1,
  )
  expect(mark).toMatchObject({ is_now: true, score: 10 })
  await repair(event)
})
