import type { AdminEvent, CreateOrderResponse } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDoorDesk, type DoorDesk } from '../testing/doorDesk.ts'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { findingsOf } from './audit.ts'

let stage: TestKit
let desk: OrderDesk
let money: MoneyDesk
let door: DoorDesk
beforeAll(async () => {
  stage = await startTestKit()
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  money = createMoneyDesk(stage)
  door = createDoorDesk(stage.call)
}, 60_000)
afterAll(() => stage.close())

const run = (sql: string, ...parameters: unknown[]) =>
  stage.database.withOwner(connection => connection.query(sql, parameters))
/** Past the triggers too. */
const force = async (table: string, sql: string, ...parameters: unknown[]) => {
  await run(`alter table ticketing.${table} disable trigger user`)
  await run(sql, ...parameters)
  await run(`alter table ticketing.${table} enable trigger user`)
}
const found = async ({ id }: AdminEvent) => findingsOf(await stage.kit.audit({ eventId: id })).map(({ kind }) => kind)
const repair = async ({ id }: AdminEvent) => {
  const { steps, left } = await stage.kit.repair({ actor: 'mara', apply: true, eventId: id })
  return {
    steps: steps.map(({ finding, outcome }) => `${finding.kind} ${outcome}`),
    left: findingsOf(left).map(({ kind }) => kind),
  }
}
const bought = async (event: AdminEvent, quantity = 1) => {
  const placed = await desk.order(event, quantity)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  return placed
}
const runJob = async (job: 'send-refunds' | 'cancel-events') => {
  await stage.kit.jobs.run(job, { extra: true })
  await money.settled()
}
const wentBack = async (placed: CreateOrderResponse) => {
  const { payments, refunds } = await money.order(placed)
  return { payments: payments.map(({ status }) => status), refunds: refunds.map(({ status }) => status) }
}

/** Paid twice: what is more than the price goes back by itself. */
const surplus = async (event: AdminEvent) => {
  stage.twin.control.addFault({ kind: 'error', status: 500, path: '/v1/refunds', times: 50 })
  const placed = await bought(event)
  await run("update ticketing.payments set status = 'surplus' where order_id = $1", placed.order.id)
  await run('update ticketing.payments set refund_reserved_minor = amount_minor where order_id = $1', placed.order.id)
  stage.twin.control.clearFaults()
  return placed
}

test('money that counts as on its way back while no refund of it exists is named, and sent by the repair', async () => {
  const event = await stage.createEvent()
  const placed = await surplus(event)
  expect(await found(event)).toEqual(['tickets_without_payment', 'stuck_refunds'])
  expect((await repair(event)).steps).toContain('stuck_refunds repaired')
  await stage.kit.jobs.run('send-refunds', { extra: true })
  await money.settled()
  expect(await money.order(placed)).toMatchObject({
    payments: [{ status: 'refunded' }],
    refunds: [{ status: 'succeeded' }],
  })
  expect((await repair(event)).steps.filter(step => step.startsWith('stuck'))).toEqual([])
})

test('a payment that counts as refunded whole without its refund is a person’s: nothing is sent twice', async () => {
  const event = await stage.createEvent()
  const placed = await bought(event)
  await money.refunded(placed)
  await run('delete from ticketing.refund_tickets where order_id = $1', placed.order.id)
  await run('delete from ticketing.refunds where order_id = $1', placed.order.id)
  const before = money.refundRequests().length
  expect(await repair(event)).toEqual({ steps: ['stuck_refunds needs_a_person'], left: ['stuck_refunds'] })
  await stage.kit.jobs.run('send-refunds', { extra: true })
  expect(money.refundRequests()).toHaveLength(before)
})

test('a ticket that no door lets in for a refund that is not there is named, and admits after the repair', async () => {
  const event = await stage.createEvent()
  const placed = await bought(event)
  await run("update ticketing.tickets set status = 'blocked' where order_id = $1", placed.order.id)
  const [ticket] = (await desk.show(placed)).tickets
  expect((await door.scan(event.id, ticket?.code ?? '')).outcome).toBe('blocked')
  expect(await repair(event)).toEqual({ steps: ['stuck_refunds repaired'], left: [] })
  expect((await door.scan(event.id, ticket?.code ?? '')).outcome).toBe('admitted')
})

test('a ticket that admits although its money went back is named', async () => {
  const event = await stage.createEvent()
  const placed = await bought(event, 2)
  const [first] = (await money.order(placed)).tickets
  await money.refunded(placed, { ticketIds: [first?.id] })
  expect(await found(event)).toEqual([])
  await force('tickets', "update ticketing.tickets set status = 'valid' where order_id = $1", placed.order.id)
  expect(await found(event)).toContain('tickets_without_payment')
})

test('an order whose money is to go back, and of which nothing is, is named', async () => {
  const event = await stage.createEvent()
  const placed = await desk.order(event)
  await force('orders', "update ticketing.orders set status = 'refund_due' where order_id = $1", placed.order.id)
  expect(await found(event)).toContain('stuck_refunds')
})

test('a refund that was given no time to be sent is named, and sent after the repair', async () => {
  const event = await stage.createEvent()
  const placed = await bought(event)
  stage.twin.control.addFault({ kind: 'error', status: 500, path: '/v1/refunds', times: 50 })
  await money.refund(placed)
  await money.settled()
  stage.twin.control.clearFaults()
  for (const time of ["'infinity'", 'null']) {
    await run(
      `update ticketing.refunds set status = 'requested', requested_at = now() - interval '2 hours', next_try_at = ${time} where order_id = $1`,
      placed.order.id,
    )
    expect(await found(event)).toEqual(['stuck_refunds'])
    expect((await repair(event)).steps).toEqual(['stuck_refunds repaired'])
  }
  await runJob('send-refunds')
  expect(await wentBack(placed)).toEqual({ payments: ['refunded'], refunds: ['succeeded'] })
  expect(await found(event)).toEqual([])
})

test('a paid order that counts as called off with its show, and was not, is named, and paid back after the repair', async () => {
  const event = await stage.createEvent()
  const placed = await bought(event)
  await run('update ticketing.orders set called_off_at = now() where order_id = $1', placed.order.id)
  expect(await found(event)).toEqual([])
  await money.cancelEvent(event.id)
  await money.settled()
  expect(await wentBack(placed)).toEqual({ payments: ['applied'], refunds: [] })
  expect(await repair(event)).toEqual({ steps: ['stuck_refunds repaired'], left: [] })
  await runJob('cancel-events')
  await runJob('send-refunds')
  expect(await wentBack(placed)).toEqual({ payments: ['refunded'], refunds: ['succeeded'] })
})

test('a payment that is called refunded, and of which nothing went back, is a person’s', async () => {
  const event = await stage.createEvent()
  const placed = await bought(event)
  await run("update ticketing.payments set status = 'refunded' where order_id = $1", placed.order.id)
  expect(await found(event)).toEqual(['tickets_without_payment', 'stuck_refunds'])
  expect((await repair(event)).steps).toContain('stuck_refunds needs_a_person')
})

test('a payment whose amount was changed is named by its journal, and a person’s', async () => {
  const event = await stage.createEvent()
  const placed = await bought(event)
  await run('update ticketing.payments set amount_minor = amount_minor * 10 where order_id = $1', placed.order.id)
  expect(await repair(event)).toEqual({ steps: ['journal_drift needs_a_person'], left: ['journal_drift'] })
})
