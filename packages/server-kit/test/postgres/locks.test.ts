import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testAccount } from '../../src/testing/testShop.ts'
import { actor, type LockStage, openLockStage } from './lockStage.ts'

let stage: LockStage
beforeAll(async () => {
  stage = await openLockStage()
})
beforeEach(() => stage.arrange())
afterAll(() => stage.close())

test('begin_checkout begins nothing for an order that is cancelled in this moment', async () => {
  const orderId = await stage.shop.hold()
  const { attemptId } = await stage.shop.checkout(orderId)
  const answer = await stage.held.waitFor({
    hold: `select ticketing.settle_attempt('${stage.eventId}', '${orderId}', '${attemptId}', 'expired');
      select ticketing.cancel_order('${stage.eventId}', '${orderId}', 'buyer')`,
    call: () => stage.begin(orderId),
  })
  expect(answer).toEqual({ outcome: 'not_payable', status: 'cancelled' })
})

const cancelShow = () =>
  `update ticketing.events set status = 'cancelled', cancelled_at = now(), cancelled_by = 'Ida'
   where event_id = '${stage.eventId}'`

test('create_pool adds nothing to a show that is being cancelled', async () => {
  const pool = { id: crypto.randomUUID(), name: 'Balcony', capacity: 5 }
  const call = () => stage.database.call('ticketing.create_pool', { event_id: stage.eventId, pool })
  expect(await stage.held.waitFor({ hold: cancelShow(), call })).toEqual({ outcome: 'cancelled' })
})

test('create_tier adds nothing to a show that is being cancelled', async () => {
  const tier = { id: crypto.randomUUID(), name: 'Balcony', priceMinor: 500, capacity: 5 }
  const call = () => stage.database.call('ticketing.create_tier', { event_id: stage.eventId, tier })
  expect(await stage.held.waitFor({ hold: cancelShow(), call })).toEqual({ outcome: 'cancelled' })
})

test('update_event keeps what somebody else changes in this moment', async () => {
  const answer = await stage.held.waitFor({
    hold: `update ticketing.events set name = 'Early Set' where event_id = '${stage.eventId}'`,
    call: () =>
      stage.database.call('ticketing.update_event', {
        event_id: stage.eventId,
        change: { description: 'Loud' },
        actor: 'Ida',
      }),
  })
  expect(answer).toMatchObject({ event: { name: 'Early Set', description: 'Loud' } })
  expect(await stage.held.staleTables()).toEqual([])
})

test('update_tier keeps what somebody else changes in this moment', async () => {
  const own = { event_id: stage.eventId, tier_id: stage.tierId }
  const answer = await stage.held.waitFor({
    hold: `update ticketing.tiers set sales_end_at = '2029-12-30' where tier_id = '${stage.tierId}'`,
    call: () => stage.database.call('ticketing.update_tier', { ...own, change: { description: 'Near' }, actor: 'Ida' }),
  })
  expect(answer).toMatchObject({ event: { tiers: [{ salesEndAt: '2029-12-30T00:00:00.000Z', description: 'Near' }] } })
  expect(await stage.held.staleTables()).toEqual([])
})

test('update_tier leaves a tier in its pool while an order of it is under way', async () => {
  const answer = await stage.held.waitFor({
    hold: `insert into ticketing.order_items
        (event_id, order_id, line, tier_id, pool_id, quantity, unit_price_minor, total_minor, counted_as)
      select event_id, order_id, 1, '${stage.tierId}', '${stage.poolId}', 1, 1000, 1000, 'none' from ticketing.orders
      where order_id = '${await emptyOrder()}'`,
    call: () =>
      stage.database.call('ticketing.update_tier', {
        event_id: stage.eventId,
        tier_id: stage.tierId,
        change: { poolId: null },
        actor: 'Ida',
      }),
  })
  expect(answer.outcome).toBe('pool_fixed')
})

/** An order whose lines were taken away, so that none of the tier's is committed. */
const emptyOrder = async (): Promise<string> => {
  const orderId = await stage.shop.hold()
  await stage.shop.query('delete from ticketing.order_items where order_id = $1', [orderId])
  return orderId
}

const takeEight = (table: string) =>
  `update ticketing.${table} set reserved = reserved + 8 where event_id = '${stage.eventId}'`
const floor = { outcome: 'below_floor', reserved: 8, issued: 0 }

test('set_tier_capacity sees the places that are taken in this moment', async () => {
  const args = { event_id: stage.eventId, tier_id: stage.tierId, capacity: 5, actor }
  const call = () => stage.database.call('ticketing.set_tier_capacity', args)
  expect(await stage.held.waitFor({ hold: takeEight('tier_inventory'), call })).toEqual(floor)
})

test('set_pool_capacity sees the places that are taken in this moment', async () => {
  const args = { event_id: stage.eventId, pool_id: stage.poolId, capacity: 5, actor }
  const call = () => stage.database.call('ticketing.set_pool_capacity', args)
  expect(await stage.held.waitFor({ hold: takeEight('pool_inventory'), call })).toEqual(floor)
})

const takeAll = (table: string) => `update ticketing.${table} set reserved = 10 where event_id = '${stage.eventId}'`

test('reserve_order holds nothing where the last place is taken in this moment', async () => {
  const lost = stage.held.waitFor({ hold: takeAll('tier_inventory'), call: () => stage.shop.reserve() })
  await expect(lost).rejects.toMatchObject({ kind: 'sold_out', message: expect.stringMatching(/^tier /) })
})

test("take_pools holds nothing where the pool's last place is taken in this moment", async () => {
  const lost = stage.held.waitFor({ hold: takeAll('pool_inventory'), call: () => stage.shop.reserve() })
  await expect(lost).rejects.toMatchObject({ kind: 'sold_out', message: expect.stringMatching(/^pool /) })
})

test('claim_gateway_objects looks again where another order was given the session in this moment', async () => {
  const orderId = await stage.shop.hold()
  const { sessionId } = await stage.shop.checkout(orderId)
  const answer = await stage.held.waitFor({
    hold: `insert into venuekit.gateway_objects (account, object_id, event_id, order_id, payment_id, recorded_at)
      values ('${testAccount}', '${sessionId}', '${stage.eventId}', gen_random_uuid(), gen_random_uuid(), '2030-01-01')`,
    call: () => stage.shop.complete(orderId, stage.shop.payment(sessionId)),
  })
  expect(answer).toMatchObject({ outcome: 'needs_review' })
})

test('has_holds counts the reservation that the same address makes in this moment', async () => {
  const args = { max_holds: 1, buyer: { name: 'Ada', email: 'ada@example.com' } }
  const orderId = crypto.randomUUID()
  const answer = await stage.held.waitFor({
    hold: `select ticketing.reserve_order('${stage.eventId}', '${orderId}', '${stage.shop.venueId}', 'first', 'hash',
      '[{"tierId": "${stage.tierId}", "quantity": 1}]', '${JSON.stringify(args.buyer)}', 'https://venue.example', null,
      null, null, 1)`,
    call: () => stage.shop.reserve(args),
  })
  expect(answer).toEqual({ outcome: 'too_many_holds', maximum: 1 })
})

test('begin_reconciliation does not take over a run that its worker saves in this moment', async () => {
  const account = crypto.randomUUID()
  const run = { account, window_from: null, window_until: null, overlap_seconds: 0 }
  const runId = crypto.randomUUID()
  await stage.database.call('venuekit.begin_reconciliation', { ...run, run_id: runId, worker: 'one' })
  const answer = await stage.held.waitFor({
    hold: `select venuekit.save_reconciliation('${runId}', 'one', 'sessions', null, '{}', '[]', '[]')`,
    call: () =>
      stage.database.call('venuekit.begin_reconciliation', { ...run, run_id: crypto.randomUUID(), worker: 'two' }),
  })
  expect(answer).toEqual({ outcome: 'busy' })
})

test('check_event says once what was mended', async () => {
  await stage.database.call('ticketing.check_event', { event_id: stage.eventId })
  await stage.shop.query(`update ticketing.health_checkpoints set parts = '{"ghosts": 3}' where event_id = $1`, [
    stage.eventId,
  ])
  const answer = await stage.held.waitFor({
    // Locked only: an insert would wait for one that changes the row by itself.
    hold: `select from ticketing.health_checkpoints where event_id = '${stage.eventId}' for update`,
    call: () => stage.database.call('ticketing.check_event', { event_id: stage.eventId }),
    meanwhile: `update ticketing.health_checkpoints set parts = '{}' where event_id = '${stage.eventId}'`,
  })
  expect(answer).toMatchObject({ outcome: 'checked', mended: [] })
})

test('make_refund_room does not shrink a request that a worker takes in this moment: it is given up', async () => {
  const { orderId, paymentId } = await stage.buy()
  await stage.requestRefund(orderId, 800)
  await stage.held.waitFor({
    hold: `select ticketing.take_refunds('${stage.eventId}', 10, 'one', 60)`,
    call: () => stage.importRefund(orderId, paymentId, 500),
  })
  const refunds = await stage.shop.query(
    'select amount_minor::int, status from ticketing.refunds where order_id = $1 order by 1',
    [orderId],
  )
  expect(refunds).toEqual([
    { amount_minor: 500, status: 'succeeded' },
    { amount_minor: 800, status: 'cancelled' },
  ])
})

const sell = () =>
  `select ticketing.reserve_order('${stage.eventId}', gen_random_uuid(), '${stage.shop.venueId}', 'second', 'hash',
    '[{"tierId": "${stage.tierId}", "quantity": 2}]', '{"name": "Bo", "email": "bo@example.com"}', 'https://venue.example',
    null, null, null)`

test.each(['tier', 'pool'])('set_counter counts the sale that holds the counter of a %s', async kind => {
  await stage.shop.hold()
  await stage.shop.query(`update ticketing.${kind}_inventory set reserved = 5 where event_id = $1`, [stage.eventId])
  const id = { tier_id: kind === 'tier' ? stage.tierId : null, pool_id: kind === 'pool' ? stage.poolId : null }
  await stage.held.waitFor({
    hold: sell(),
    call: () => stage.database.call('ticketing.repair_counter', { event_id: stage.eventId, ...id, actor }),
  })
  expect(await stage.shop.imbalances()).toEqual([])
})

test('create_house_order answers its own sale where that took the last places in this moment, and not sold out', async () => {
  await stage.shop.query('update ticketing.tier_inventory set capacity = 1 where event_id = $1', [stage.eventId])
  const sale = {
    event_id: stage.eventId,
    order_id: crypto.randomUUID(),
    kind: 'comp' as const,
    client_key: 'comp once',
    request_hash: 'hash',
    items: [{ tierId: stage.tierId, quantity: 1 }],
    buyer: { name: 'Bo', email: 'bo@example.com' },
    payment: null,
    source: { kind: 'comp' as const, actor },
  }
  const answer = await stage.held.waitFor({
    // Both look the key up before either sells.
    hold: 'lock table ticketing.tiers in access exclusive mode',
    call: () => stage.database.call('ticketing.create_house_order', { ...sale, order_id: crypto.randomUUID() }),
    meanwhile: `select ticketing.create_house_order('${stage.eventId}', '${sale.order_id}', 'comp', 'comp once', 'hash',
      '${JSON.stringify(sale.items)}', '${JSON.stringify(sale.buyer)}', null, '${JSON.stringify(sale.source)}')`,
  })
  expect(answer).toEqual({ outcome: 'issued', orderId: sale.order_id })
})
