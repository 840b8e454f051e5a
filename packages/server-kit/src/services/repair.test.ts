import type { AdminEvent, CreateOrderResponse } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { capacityConstraints } from '../migrations/restoreConstraints.ts'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { findingsOf } from './audit.ts'

let stage: TestKit
let desk: OrderDesk
beforeAll(async () => {
  stage = await startTestKit({}, { webhookUrl: '' })
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
}, 60_000)
afterAll(() => stage.close())

const actor = 'mara'
const run = (sql: string, ...parameters: unknown[]) =>
  stage.database.withOwner(connection => connection.query(sql, parameters))
const repair = async ({ id }: AdminEvent) => stage.kit.repair({ actor, apply: true, eventId: id })
const kindsLeft = async ({ id }: AdminEvent) =>
  findingsOf(await stage.kit.audit({ eventId: id })).map(({ kind }) => kind)
const logOf = ({ id }: AdminEvent) =>
  run('select kind, before, after from ticketing.repairs where event_id = $1 order by repair_id', id)

const buy = async (event: AdminEvent, quantity = 1): Promise<CreateOrderResponse> => {
  const placed = await desk.order(event, quantity)
  stage.twin.control.pay(sessionOf(placed))
  await desk.sync(placed)
  return placed
}

/** As when the walls had not been built yet: triggers do not stop the damage. */
const damage = async (sql: string, ...parameters: unknown[]) => {
  const triggers = (state: string) => `alter table ticketing.orders ${state} trigger user`
  await stage.database.withOwner(async connection => {
    await connection.exec(triggers('disable'))
    await connection.query(sql, parameters)
    await connection.exec(triggers('enable'))
  })
}

test('a counter is set from orders and tickets, tier and pool, and the journal tells the difference', async () => {
  const poolId = crypto.randomUUID()
  const pools = [{ id: poolId, name: 'Hall', capacity: 50 }]
  const event = await stage.createEvent({ pools, tiers: [newTier({ poolId })] })
  await buy(event, 2)
  await run('update ticketing.tier_inventory set reserved = 9, issued = 1 where event_id = $1', event.id)
  await run('update ticketing.pool_inventory set reserved = 3 where event_id = $1', event.id)
  const { steps, left } = await repair(event)
  expect(steps.map(({ outcome }) => outcome)).not.toContain('failed')
  expect(findingsOf(left)).toEqual([])
  expect(await logOf(event)).toMatchObject([
    { kind: 'counter', before: { reserved: 9, issued: 1 }, after: { reserved: 0, issued: 2 } },
    { kind: 'counter', before: { reserved: 3, issued: 2 }, after: { reserved: 0, issued: 2 } },
  ])
  expect((await repair(event)).steps).toEqual([])
  await stage.database.withOwner(checkInvariants)
})

test('lines that count otherwise than their order are put right, with their counters', async () => {
  const event = await stage.createEvent()
  const bought = await buy(event, 3)
  await run("update ticketing.order_items set counted_as = 'none' where order_id = $1", bought.order.id)
  expect(await kindsLeft(event)).toEqual(['counter_drift', 'line_drift'])
  await repair(event)
  expect(await kindsLeft(event)).toEqual([])
  await stage.database.withOwner(checkInvariants)
})

test('tickets are issued through the completion, also where the claim of the payment is lost with them', async () => {
  const event = await stage.createEvent()
  const bought = await buy(event, 2)
  await run('delete from ticketing.tickets where order_id = $1', bought.order.id)
  await run('delete from venuekit.gateway_objects where order_id = $1', bought.order.id)
  await repair(event)
  expect(await kindsLeft(event)).toEqual([])
  const order = await desk.show(bought)
  expect(order.tickets).toHaveLength(2)
  const payments = await run('select status from ticketing.payments where order_id = $1', bought.order.id)
  expect(payments).toEqual([{ status: 'applied' }])
  await stage.database.withOwner(checkInvariants)
})

test('the tickets of an order that was paid and never fulfilled are issued, with its mail', async () => {
  const event = await stage.createEvent()
  const bought = await buy(event)
  await damage(
    "update ticketing.orders set status = 'reserved', fulfilled_at = null, hold_expires_at = now() + interval '1 hour' where order_id = $1",
    bought.order.id,
  )
  await run('delete from ticketing.tickets where order_id = $1', bought.order.id)
  await run("update ticketing.order_items set counted_as = 'reserved' where order_id = $1", bought.order.id)
  await run('delete from venuekit.outbox where order_id = $1', bought.order.id)
  await run('update ticketing.tier_inventory set reserved = 1, issued = 0 where event_id = $1', event.id)
  await repair(event)
  expect(await kindsLeft(event)).toEqual([])
  expect((await desk.show(bought)).status).toBe('fulfilled')
  const mails = await run("select kind from venuekit.outbox where order_id = $1 and kind = 'tickets'", bought.order.id)
  expect(mails).toHaveLength(1)
})

test('an overdue hold ends by the fence: released where it ran out, fulfilled where it was paid', async () => {
  const event = await stage.createEvent()
  const left = await desk.order(event)
  const paid = await desk.order(event)
  stage.twin.control.pay(sessionOf(paid))
  await stage.twin.control.advance(60 * 60_000)
  expect(await kindsLeft(event)).toEqual(['overdue_reservations', 'overdue_reservations'])
  stage.twin.control.addFault({ kind: 'error', status: 500, times: 50 })
  expect((await repair(event)).steps.map(({ outcome }) => outcome)).toEqual(['waiting', 'waiting'])
  stage.twin.control.clearFaults()
  const { steps } = await repair(event)
  expect(steps.map(({ outcome }) => outcome)).toEqual(['repaired', 'repaired'])
  expect((await desk.show(left)).status).toBe('expired')
  expect((await desk.show(paid)).status).toBe('fulfilled')
  expect(await kindsLeft(event)).toEqual([])
})

test('a truth that has no room changes nothing until there is more', async () => {
  const event = await stage.createEvent({ tiers: [newTier({ capacity: 2 })] })
  await buy(event, 2)
  const walls = capacityConstraints.filter(({ table }) => table === 'ticketing.tier_inventory')
  for (const { table, name } of walls) await run(`alter table ${table} drop constraint ${name}`)
  await run('update ticketing.tier_inventory set capacity = 1, issued = 1 where event_id = $1', event.id)
  const { steps } = await repair(event)
  expect(steps.map(({ finding, outcome }) => `${finding.kind} ${outcome}`)).toEqual([
    'counter_drift no_room',
    'journal_drift no_room',
    'oversold_tiers needs_a_person',
  ])
  const raised = await stage.kit.repair({
    actor,
    apply: true,
    eventId: event.id,
    oversold: { kind: 'raise_capacity' },
  })
  expect(findingsOf(raised.left)).toEqual([])
  for (const { table, name, check } of walls) await run(`alter table ${table} add constraint ${name} check (${check})`)
})

test('tickets without a payment are a person’s to judge', async () => {
  const event = await stage.createEvent()
  const bought = await buy(event)
  await run('delete from ticketing.payments where order_id = $1', bought.order.id)
  const { steps } = await repair(event)
  expect(steps).toMatchObject([{ outcome: 'needs_a_person', finding: { kind: 'tickets_without_payment' } }])
  expect(await logOf(event)).toEqual([])
})
