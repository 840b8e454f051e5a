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
  database = (await postgres.createDatabase()).open({ poolSize: 8 })
  held = await holdRows(database)
})
beforeEach(async () => {
  await held.arrange()
  shop = await openTestShop(database)
})
afterEach(() => database.withOwner(checkInvariants))
afterAll(async () => {
  await database?.close()
  await postgres?.stop()
})

const times = (count: number) => Array.from({ length: count }, (_, index) => index)

const buy = async () => {
  const orderId = await shop.hold()
  const { sessionId } = await shop.checkout(orderId)
  const answer = await shop.complete(orderId, shop.payment(sessionId))
  return { orderId, ticketId: ('order' in answer && answer.order.tickets[0]?.id) || '' }
}

const scan = (ticketId: string, nonce: string = crypto.randomUUID(), patient = true) =>
  database.call('ticketing.check_in', {
    event_id: shop.eventId,
    nonce,
    ticket_id: ticketId,
    code_version: 1,
    gate: null,
    device: null,
    scanned_at: null,
    patient,
  })

const lockOrder = (orderId: string) => `select from ticketing.orders where order_id = '${orderId}' for update`

test('check_in waits for the order, sees what happened to it meanwhile, and is of the moment at which it got it', async () => {
  const { orderId, ticketId } = await buy()
  const late = await held.waitFor({ hold: lockOrder(orderId), call: () => scan(ticketId) })
  expect(late).toMatchObject({ outcome: 'admitted', admission: { at: '2030-01-01T10:30:02.222Z' } })
  expect(await held.staleTables()).toEqual([])

  const other = await buy()
  const cancelled = await held.waitFor({
    hold: lockOrder(other.orderId),
    meanwhile: `update ticketing.events set status = 'cancelled', cancelled_at = '2030-01-01T10:30:01Z',
      cancelled_by = 'Ida' where event_id = '${shop.eventId}'`,
    call: () => scan(other.ticketId),
  })
  expect(cancelled).toMatchObject({ outcome: 'event_cancelled' })
})

test('a scan that waits for nobody is told that its order is in use, and leaves nothing', async () => {
  const { orderId, ticketId } = await buy()
  const nonce = crypto.randomUUID()
  const busy = await held.pass({ hold: lockOrder(orderId), call: () => scan(ticketId, nonce, false) })
  expect(busy).toEqual({ outcome: 'busy' })
  expect(await scan(ticketId, nonce, false)).toMatchObject({ outcome: 'admitted' })
  expect(await scan(crypto.randomUUID(), nonce, false)).toEqual({ outcome: 'unknown' })
})

test('undo_check_in waits for the order, and undoes once', async () => {
  const { orderId, ticketId } = await buy()
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

test('reissue_ticket waits for the order, and raises the version once however many ask', async () => {
  const { orderId, ticketId } = await buy()
  const reissue = (actor: string) =>
    database.call('ticketing.reissue_ticket', {
      event_id: shop.eventId,
      ticket_id: ticketId,
      code_version: 1,
      actor,
      reason: null,
    })
  const answer = await held.waitFor({ hold: lockOrder(orderId), call: () => reissue('Ida') })
  expect(answer).toEqual({ outcome: 'reissued', ticketId, orderId, codeVersion: 2 })
  expect(await held.staleTables()).toEqual([])
  const all = await Promise.all(times(10).map(index => reissue(`actor ${index}`)))
  for (const one of all) expect(one).toEqual(answer)
})
