import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { MigratableDatabase, OwnerConnection } from '../../src/ports/database.ts'
import { checkInvariants } from '../../src/testing/checkInvariants.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop, type TestShop } from '../../src/testing/testShop.ts'

let postgres: TestPostgres
let database: MigratableDatabase
let shop: TestShop
beforeAll(async () => {
  postgres = await startTestPostgres()
  database = (await postgres.createDatabase()).open({ poolSize: 20 })
  await database.withOwner(slowDown)
})
beforeEach(async () => {
  shop = await openTestShop(database, { tiers: [{ capacity: 500 }] })
})
afterEach(() => database.withOwner(checkInvariants))
afterAll(async () => {
  await database?.close()
  await postgres?.stop()
})

const times = (count: number) => Array.from({ length: count }, (_, index) => index)

/** A scan takes a while between what it reads and what it writes, so that doors meet. */
const slowDown = (connection: OwnerConnection) =>
  connection.exec(`
    create function public.take_a_while() returns trigger language plpgsql as $$
    begin perform pg_sleep(0.01); return new; end $$;
    create trigger a_while before insert on ticketing.check_ins for each row execute function public.take_a_while()`)

/** Connections take longer to open than a first scan: with a cold pool nobody meets it. */
const warmUp = (at: { database: MigratableDatabase; shop: TestShop }) =>
  Promise.all(times(60).map(() => at.database.call('ticketing.check_in_summary', { event_id: at.shop.eventId })))

const buy = async (quantity: number) => {
  const orderId = await shop.hold({ items: [{ tierId: shop.tierIds[0] ?? '', quantity }] })
  const { sessionId } = await shop.checkout(orderId)
  const answer = await shop.complete(orderId, shop.payment(sessionId, { amountMinor: quantity * 1000 }))
  const tickets = 'order' in answer ? answer.order.tickets : []
  return { orderId, ticketIds: tickets.map(({ id }) => id), ticketId: tickets[0]?.id ?? '' }
}

const scanAt = (
  at: { database: MigratableDatabase; shop: TestShop },
  ticketId: string,
  nonce: string,
  gate = 'North',
) =>
  at.database.call('ticketing.check_in', {
    event_id: at.shop.eventId,
    nonce,
    ticket_id: ticketId,
    code_version: 1,
    gate,
    device: null,
    scanned_at: null,
    patient: true,
  })
const scan = (ticketId: string, nonce: string = crypto.randomUUID(), gate?: string) =>
  scanAt({ database, shop }, ticketId, nonce, gate)

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
  await warmUp({ database, shop })
  const answers = await Promise.all(times(100).map(index => scan(ticketId, crypto.randomUUID(), `gate ${index}`)))
  expect(outcomes(answers)).toEqual({ admitted: 1, already_checked_in: 99 })
  const admissions = new Set(answers.map(answer => JSON.stringify('admission' in answer && answer.admission)))
  expect(admissions.size).toBe(1)
})

test('the hundred doors do meet: without the lock and the index some of them open to the same ticket', async () => {
  const bare = (await postgres.createDatabase()).open({ poolSize: 20 })
  try {
    const bareShop = await openTestShop(bare)
    const orderId = await bareShop.hold()
    const { sessionId } = await bareShop.checkout(orderId)
    const answer = await bareShop.complete(orderId, bareShop.payment(sessionId))
    const ticketId = ('order' in answer && answer.order.tickets[0]?.id) || ''
    await bare.withOwner(async connection => {
      const [row] = await connection.query<{ sql: string }>(
        "select pg_get_functiondef('ticketing.check_in'::regproc) as sql",
      )
      const unlocked = row?.sql.replace(/\n\s*for update;/, ';') ?? ''
      expect(unlocked).not.toBe(row?.sql)
      await connection.exec(`${unlocked}; drop index ticketing.admitted_once`)
      await slowDown(connection)
    })
    const at = { database: bare, shop: bareShop }
    await warmUp(at)
    const answers = await Promise.all(times(100).map(() => scanAt(at, ticketId, crypto.randomUUID())))
    expect(outcomes(answers).admitted).toBeGreaterThan(1)
    await expect(bare.withOwner(checkInvariants)).rejects.toThrow('a ticket is admitted once at most')
  } finally {
    await bare.close()
  }
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
  const answers = await Promise.all(tickets.flatMap(id => [scan(id), scan(id), scan(id)]))
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
