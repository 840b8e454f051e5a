import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { checkInvariants } from '../../src/testing/checkInvariants.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop, type TestShop } from '../../src/testing/testShop.ts'
import { type HeldRows, holdRows } from './heldRows.ts'

let postgres: TestPostgres
let database: MigratableDatabase
let held: HeldRows
let shop: TestShop
beforeAll(async () => {
  postgres = await startTestPostgres()
  database = (await postgres.createDatabase()).open({ poolSize: 20 })
  held = await holdRows(database)
})
beforeEach(async () => {
  await held.arrange()
  shop = await openTestShop(database, { tiers: [{ capacity: 500 }] })
})
afterEach(() => database.withOwner(checkInvariants))
afterAll(async () => {
  await database?.close()
  await postgres?.stop()
})

const times = (count: number) => Array.from({ length: count }, (_, index) => index)

const buy = async (quantity: number) => {
  const orderId = await shop.hold({ items: [{ tierId: shop.tierIds[0] ?? '', quantity }] })
  const { sessionId } = await shop.checkout(orderId)
  const answer = await shop.complete(orderId, shop.payment(sessionId, { amountMinor: quantity * 1000 }))
  const tickets = 'order' in answer ? answer.order.tickets : []
  return { orderId, ticketIds: tickets.map(({ id }) => id), ticketId: tickets[0]?.id ?? '' }
}

const scan = (ticketId: string, nonce: string = crypto.randomUUID(), gate: string | null = null) =>
  database.call('ticketing.check_in', {
    event_id: shop.eventId,
    nonce,
    ticket_id: ticketId,
    code_version: 1,
    gate,
    device: null,
    scanned_at: null,
  })

const refund = (orderId: string, ticketIds: string[] | null) =>
  database.call('ticketing.request_refund', {
    event_id: shop.eventId,
    order_id: orderId,
    refund_id: crypto.randomUUID(),
    payment_id: null,
    amount_minor: null,
    ticket_ids: ticketIds,
    actor: 'Ida',
    reason: null,
  })

const outcomes = (answers: readonly { outcome: string }[]) => {
  const counts: Record<string, number> = {}
  for (const { outcome } of answers) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}

test('of a hundred doors that scan one ticket at once, one opens, and the others name it', async () => {
  const { ticketId } = await buy(1)
  const answers = await Promise.all(times(100).map(index => scan(ticketId, crypto.randomUUID(), `gate ${index}`)))
  expect(outcomes(answers)).toEqual({ admitted: 1, already_checked_in: 99 })
  const admissions = new Set(answers.map(answer => JSON.stringify('admission' in answer && answer.admission)))
  expect(admissions.size).toBe(1)
})

test('a hundred scans under one nonce at once are one, told a hundred times', async () => {
  const { ticketId } = await buy(1)
  const nonce = crypto.randomUUID()
  const answers = await Promise.all(times(100).map(() => scan(ticketId, nonce)))
  expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
  expect(outcomes(answers)).toEqual({ admitted: 100 })
})

test('one nonce for tickets of many orders at once stands for one of them', async () => {
  const bought = await Promise.all(times(20).map(() => buy(1)))
  const nonce = crypto.randomUUID()
  const answers = await Promise.all(bought.map(({ ticketId }) => scan(ticketId, nonce)))
  expect(outcomes(answers)).toEqual({ admitted: 1, nonce_reused: 19 })
})

test('a show’s doors admit each ticket once, however they overlap', async () => {
  const bought = await Promise.all(times(20).map(() => buy(5)))
  const tickets = bought.flatMap(({ ticketIds }) => ticketIds)
  const answers = await Promise.all([0, 1, 2].flatMap(() => tickets.map(id => scan(id))))
  expect(outcomes(answers)).toEqual({ admitted: 100, already_checked_in: 200 })
  const told = await database.call('ticketing.check_in_summary', { event_id: shop.eventId })
  expect(told).toMatchObject({ summary: { valid: 100, admitted: 100 } })
})

test('a refund and a door that meet: the ticket is taken, or it admits, never both', async () => {
  for (const _ of times(20)) {
    const { orderId, ticketId } = await buy(1)
    const [came, paid] = await Promise.all([scan(ticketId), refund(orderId, [ticketId])])
    expect([`${came.outcome} ${paid.outcome}`]).toEqual([
      came.outcome === 'admitted' ? 'admitted refused' : 'blocked requested',
    ])
  }
})

const lockOrder = (orderId: string) => `select from ticketing.orders where order_id = '${orderId}' for update`

test('check_in waits for the order, sees what happened to it meanwhile, and is of the moment at which it got it', async () => {
  const { orderId, ticketId } = await buy(1)
  const late = await held.waitFor({ hold: lockOrder(orderId), call: () => scan(ticketId) })
  expect(late).toMatchObject({ outcome: 'admitted', admission: { at: '2030-01-01T10:30:02.222Z' } })
  expect(await held.staleTables()).toEqual([])

  const other = await buy(1)
  const cancelled = await held.waitFor({
    hold: lockOrder(other.orderId),
    meanwhile: `update ticketing.events set status = 'cancelled', cancelled_at = '2030-01-01T10:30:01Z',
      cancelled_by = 'Ida' where event_id = '${shop.eventId}'`,
    call: () => scan(other.ticketId),
  })
  expect(cancelled).toMatchObject({ outcome: 'event_cancelled' })
})

test('undo_check_in waits for the order, and undoes once', async () => {
  const { orderId, ticketId } = await buy(1)
  const nonce = crypto.randomUUID()
  await scan(ticketId, nonce)
  const undo = (actor: string) =>
    database.call('ticketing.undo_check_in', { event_id: shop.eventId, nonce, actor, reason: null })
  const answer = await held.waitFor({ hold: lockOrder(orderId), call: () => undo('Ida') })
  expect(answer).toMatchObject({ outcome: 'undone', undoneAt: '2030-01-01T10:30:02.222Z', undoneBy: 'Ida' })
  expect(await held.staleTables()).toEqual([])
  const all = await Promise.all(times(10).map(index => undo(`actor ${index}`)))
  for (const one of all) expect(one).toEqual(answer)
})
