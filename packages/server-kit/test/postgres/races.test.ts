import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { checkInvariants } from '../../src/testing/checkInvariants.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop } from '../../src/testing/testShop.ts'

let postgres: TestPostgres
let database: MigratableDatabase

beforeAll(async () => {
  postgres = await startTestPostgres()
  database = (await postgres.createDatabase()).open({ poolSize: 20 })
})
afterAll(async () => {
  await database.close()
  await postgres.stop()
})

test('100 identical completions at once issue once', async () => {
  const shop = await openTestShop(database)
  const orderId = await shop.hold({ items: [{ tierId: shop.tierIds[0] ?? '', quantity: 3 }] })
  const { sessionId } = await shop.checkout(orderId)
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => shop.complete(orderId, shop.payment(sessionId, { amountMinor: 3000 }))),
  )
  const outcomes = answers.map(({ outcome }) => outcome)
  expect(outcomes.filter(outcome => outcome === 'issued')).toHaveLength(1)
  expect(outcomes.filter(outcome => outcome === 'replayed')).toHaveLength(99)
  expect(await shop.counters()).toEqual({ [shop.tierIds[0] ?? '']: { reserved: 0, issued: 3 } })
  expect(await shop.query('select from ticketing.tickets where event_id = $1', [shop.eventId])).toHaveLength(3)
  await database.withOwner(checkInvariants)
})

test('paid and expired in the same instant: issued before the release, late after it, never both, never neither', async () => {
  const shop = await openTestShop(database, { tiers: [{ capacity: 100 }] })
  const seen: Record<string, number> = {}
  for (let round = 0; round < 40; round++) {
    const orderId = await shop.hold()
    const { attemptId, sessionId } = await shop.checkout(orderId)
    await shop.query("update ticketing.orders set hold_expires_at = '2000-01-01' where order_id = $1", [orderId])
    const expire = async () => {
      await database.call('ticketing.begin_expiry', { event_id: shop.eventId, max_orders: 10 })
      await shop.settle(orderId, attemptId, 'expired')
    }
    const pay = () => shop.complete(orderId, shop.payment(sessionId))
    const [paid] = await Promise.all(round % 2 === 0 ? [pay(), expire()] : [expire().then(pay), undefined])
    if (!paid) throw new Error('the payment was made')
    seen[paid.outcome] = (seen[paid.outcome] ?? 0) + 1
    expect(await shop.orderStatus(orderId)).toBe('fulfilled')
  }
  expect(Object.keys(seen).sort()).toEqual(['issued', 'issued_late'])
  expect(await shop.counters()).toEqual({ [shop.tierIds[0] ?? '']: { reserved: 0, issued: 40 } })
  expect(await shop.imbalances()).toEqual([])
  await database.withOwner(checkInvariants)
})

test('one gateway object offered for two orders at once pays one of them', async () => {
  const shop = await openTestShop(database)
  const ends: string[][] = []
  for (let round = 0; round < 10; round++) {
    const orders = await Promise.all(
      [0, 1].map(async () => {
        const orderId = await shop.hold({ client_key: crypto.randomUUID() })
        return { orderId, ...(await shop.checkout(orderId)) }
      }),
    )
    const paymentIntentId = `pi_${crypto.randomUUID()}`
    const answers = await Promise.all(
      orders.map(({ orderId, sessionId }) => shop.complete(orderId, shop.payment(sessionId, { paymentIntentId }))),
    )
    ends.push(answers.map(({ outcome }) => outcome).sort())
    await shop.query('update ticketing.tier_inventory set capacity = capacity + 2 where event_id = $1', [shop.eventId])
  }
  expect(ends).toEqual(ends.map(() => ['issued', 'needs_review']))
})

test('two sweepers at once release each hold once', async () => {
  const shop = await openTestShop(database, { tiers: [{ capacity: 200 }] })
  await Promise.all(Array.from({ length: 120 }, () => shop.hold()))
  await shop.query("update ticketing.orders set hold_expires_at = '2000-01-01' where event_id = $1", [shop.eventId])
  const sweep = () => database.call('ticketing.begin_expiry', { event_id: shop.eventId, max_orders: 50 })
  const released = (await Promise.all(Array.from({ length: 8 }, sweep))).reduce((sum, part) => sum + part.released, 0)
  let rest = 0
  for (let last = await sweep(); last.released > 0; last = await sweep()) rest += last.released
  expect(released + rest).toBe(120)
  expect(await shop.counters()).toEqual({ [shop.tierIds[0] ?? '']: { reserved: 0, issued: 0 } })
  expect(await shop.imbalances()).toEqual([])
})
