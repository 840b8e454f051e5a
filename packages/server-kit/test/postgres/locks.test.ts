import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop, type TestShop, testAccount } from '../../src/testing/testShop.ts'
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
  shop = await openTestShop(database, { pools: [{ capacity: 10 }] })
})
afterAll(async () => {
  await database.close()
  await postgres.stop()
})

const actor = 'Ida'
const of = (orderId: string) => ({ event_id: shop.eventId, order_id: orderId })
const lockOrder = (orderId: string) => `select from ticketing.orders where order_id = '${orderId}' for update`
const lockEvent = () => `select from ticketing.events where event_id = '${shop.eventId}' for no key update`
const tierId = () => shop.tierIds[0] ?? ''
const poolId = () => shop.poolIds[0] ?? ''

const begin = (orderId: string, attemptId: string = crypto.randomUUID()) =>
  database.call('ticketing.begin_checkout', {
    ...of(orderId),
    attempt_id: attemptId,
    account: testAccount,
    mode: 'test',
    ui: 'redirect',
    params: {},
  })
const buy = async (change = {}) => {
  const orderId = await shop.hold()
  const { sessionId } = await shop.checkout(orderId)
  const payment = shop.payment(sessionId, change)
  const { outcome } = await shop.complete(orderId, payment)
  return { orderId, outcome, paymentId: payment.paymentId }
}
const requestRefund = (orderId: string, amountMinor: number | null = null, refundId: string = crypto.randomUUID()) =>
  database.call('ticketing.request_refund', {
    ...of(orderId),
    refund_id: refundId,
    payment_id: null,
    amount_minor: amountMinor,
    ticket_ids: null,
    actor,
    reason: null,
  })
const importRefund = (orderId: string, paymentId: string, amountMinor: number) =>
  database.call('ticketing.import_refund', {
    ...of(orderId),
    payment_id: paymentId,
    refund: {
      gatewayRefundId: `re_${crypto.randomUUID()}`,
      refundId: null,
      amountMinor,
      currency: 'USD',
      state: 'succeeded',
      reason: null,
    },
  })

interface Wait {
  hold: string
  call: () => Promise<{ outcome: string }>
}

/** Nobody changes the order: what they write is of the moment at which they got it. */
const lateWriters: Record<string, [() => Promise<Wait>, outcome: string]> = {
  begin_checkout: [
    async () => {
      const orderId = await shop.hold()
      await shop.query("update ticketing.orders set hold_expires_at = '2031-01-01' where order_id = $1", [orderId])
      return { hold: lockOrder(orderId), call: () => begin(orderId) }
    },
    'begun',
  ],
  attach_checkout: [
    async () => {
      const orderId = await shop.hold()
      const attemptId = crypto.randomUUID()
      await begin(orderId, attemptId)
      const call = () =>
        database.call('ticketing.attach_checkout', {
          ...of(orderId),
          attempt_id: attemptId,
          account: testAccount,
          session_id: `cs_${orderId}`,
          url: 'https://pay.example',
          client_secret: null,
          session_expires_at: Date.parse('2030-01-01T11:00:00Z') / 1000,
        })
      return { hold: lockOrder(orderId), call }
    },
    'attached',
  ],
  begin_extension: [
    async () => {
      const orderId = await shop.hold()
      await shop.query(
        `update ticketing.orders set hold_expires_at = '2030-01-01T10:31:00Z', hold_ends_at = '2031-01-01'
         where order_id = $1`,
        [orderId],
      )
      const call = () => database.call('ticketing.begin_extension', { ...of(orderId), attempt_id: crypto.randomUUID() })
      return { hold: lockOrder(orderId), call }
    },
    'begun',
  ],
  cancel_order: [
    async () => {
      const orderId = await shop.hold()
      const call = () => database.call('ticketing.cancel_order', { ...of(orderId), reason: 'buyer' })
      return { hold: lockOrder(orderId), call }
    },
    'cancelled',
  ],
  close_attempt: [
    async () => {
      const orderId = await shop.hold()
      const attemptId = crypto.randomUUID()
      await begin(orderId, attemptId)
      const call = () =>
        database.call('ticketing.close_attempt', { ...of(orderId), attempt_id: attemptId, reason: 'too_soon' })
      return { hold: lockOrder(orderId), call }
    },
    'closed',
  ],
  settle_attempt: [
    async () => {
      const orderId = await shop.hold()
      const { attemptId } = await shop.checkout(orderId)
      return { hold: lockOrder(orderId), call: () => shop.settle(orderId, attemptId, 'expired') }
    },
    'closed',
  ],
  complete_order_atomic: [
    async () => {
      const orderId = await shop.hold()
      const { sessionId } = await shop.checkout(orderId)
      return { hold: lockOrder(orderId), call: () => shop.complete(orderId, shop.payment(sessionId)) }
    },
    'issued',
  ],
  request_refund: [
    async () => {
      const { orderId } = await buy()
      return { hold: lockOrder(orderId), call: () => requestRefund(orderId) }
    },
    'requested',
  ],
  record_refund: [
    async () => {
      const { orderId } = await buy()
      const refundId = crypto.randomUUID()
      await requestRefund(orderId, null, refundId)
      const call = () =>
        database.call('ticketing.record_refund', {
          ...of(orderId),
          refund_id: refundId,
          state: 'succeeded',
          gateway_refund_id: `re_${refundId}`,
          error: null,
        })
      return { hold: lockOrder(orderId), call }
    },
    'succeeded',
  ],
  import_refund: [
    async () => {
      const { orderId, paymentId } = await buy()
      return { hold: lockOrder(orderId), call: () => importRefund(orderId, paymentId, 1000) }
    },
    'succeeded',
  ],
  record_dispute: [
    async () => {
      const { orderId, paymentId } = await buy()
      const dispute = {
        gatewayDisputeId: `dp_${orderId}`,
        status: 'needs_response',
        state: 'open',
        amountMinor: 1000,
        currency: 'USD',
      } as const
      const call = () => database.call('ticketing.record_dispute', { ...of(orderId), payment_id: paymentId, dispute })
      return { hold: lockOrder(orderId), call }
    },
    'open',
  ],
  refund_reviewed_order: [
    async () => {
      const { orderId } = await buy({ amountMinor: 999 })
      const call = () => database.call('ticketing.refund_reviewed_order', { ...of(orderId), actor, note: null })
      return { hold: lockOrder(orderId), call }
    },
    'refund_due',
  ],
  repair_lines: [
    async () => {
      const orderId = await shop.hold()
      await shop.query("update ticketing.order_items set counted_as = 'none' where order_id = $1", [orderId])
      return {
        hold: lockOrder(orderId),
        call: () => database.call('ticketing.repair_lines', { ...of(orderId), actor }),
      }
    },
    'repaired',
  ],
  repair_tickets: [
    async () => {
      const { orderId } = await buy()
      await shop.query('delete from ticketing.tickets where order_id = $1', [orderId])
      return {
        hold: lockOrder(orderId),
        call: () => database.call('ticketing.repair_tickets', { ...of(orderId), actor }),
      }
    },
    'repaired',
  ],
  request_resend: [
    async () => {
      const { orderId } = await buy()
      await shop.query("update venuekit.outbox set status = 'sent', created_at = '2029-01-01' where order_id = $1", [
        orderId,
      ])
      const call = async () => {
        const { queued } = await database.call('ticketing.request_resend', {
          event_id: shop.eventId,
          venue_id: shop.venueId,
          email: 'ada@example.com',
        })
        return { outcome: `${queued} queued` }
      }
      return { hold: lockOrder(orderId), call }
    },
    '1 queued',
  ],
  pause_event: [
    async () => ({
      hold: lockEvent(),
      call: () => database.call('ticketing.pause_event', { event_id: shop.eventId, paused: true, actor }),
    }),
    'found',
  ],
  cancel_event: [
    async () => ({
      hold: lockEvent(),
      call: () => database.call('ticketing.cancel_event', { event_id: shop.eventId, actor, reason: null }),
    }),
    'found',
  ],
  save_reconciliation: [
    async () => {
      const run = { run_id: crypto.randomUUID(), worker: 'one' }
      const window = { window_from: '2029-01-01T00:00:00Z', window_until: '2029-01-02T00:00:00Z', overlap_seconds: 0 }
      await database.call('venuekit.begin_reconciliation', { ...run, account: run.run_id, ...window })
      const call = () =>
        database.call('venuekit.save_reconciliation', {
          ...run,
          step: 'sessions',
          cursor: null,
          report: {},
          subjects: [],
        })
      return { hold: `select from venuekit.reconciliations where run_id = '${run.run_id}' for update`, call }
    },
    'saved',
  ],
}

test.each(Object.entries(lateWriters))('%s waits its turn, and then reads the clock', async (_, [arrange, outcome]) => {
  const answer = await held.waitFor(await arrange())
  expect(answer.outcome).toBe(outcome)
  expect(await held.staleTables()).toEqual([])
})

test('begin_checkout begins nothing for an order that is cancelled in this moment', async () => {
  const orderId = await shop.hold()
  const { attemptId } = await shop.checkout(orderId)
  const answer = await held.waitFor({
    hold: `select ticketing.settle_attempt('${shop.eventId}', '${orderId}', '${attemptId}', 'expired');
      select ticketing.cancel_order('${shop.eventId}', '${orderId}', 'buyer')`,
    call: () => begin(orderId),
  })
  expect(answer).toEqual({ outcome: 'not_payable', status: 'cancelled' })
})

const cancelShow = () =>
  `update ticketing.events set status = 'cancelled', cancelled_at = now(), cancelled_by = 'Ida'
   where event_id = '${shop.eventId}'`

test('create_pool adds nothing to a show that is being cancelled', async () => {
  const pool = { id: crypto.randomUUID(), name: 'Balcony', capacity: 5 }
  const call = () => database.call('ticketing.create_pool', { event_id: shop.eventId, pool })
  expect(await held.waitFor({ hold: cancelShow(), call })).toEqual({ outcome: 'cancelled' })
})

test('create_tier adds nothing to a show that is being cancelled', async () => {
  const tier = { id: crypto.randomUUID(), name: 'Balcony', priceMinor: 500, capacity: 5 }
  const call = () => database.call('ticketing.create_tier', { event_id: shop.eventId, tier })
  expect(await held.waitFor({ hold: cancelShow(), call })).toEqual({ outcome: 'cancelled' })
})

test('update_event keeps what somebody else changes in this moment', async () => {
  const answer = await held.waitFor({
    hold: `update ticketing.events set name = 'Early Set' where event_id = '${shop.eventId}'`,
    call: () =>
      database.call('ticketing.update_event', {
        event_id: shop.eventId,
        change: { description: 'Loud' },
        actor: 'Ida',
      }),
  })
  expect(answer).toMatchObject({ event: { name: 'Early Set', description: 'Loud' } })
  expect(await held.staleTables()).toEqual([])
})

test('update_tier keeps what somebody else changes in this moment', async () => {
  const own = { event_id: shop.eventId, tier_id: tierId() }
  const answer = await held.waitFor({
    hold: `update ticketing.tiers set sales_end_at = '2029-12-30' where tier_id = '${tierId()}'`,
    call: () => database.call('ticketing.update_tier', { ...own, change: { description: 'Near' }, actor: 'Ida' }),
  })
  expect(answer).toMatchObject({ event: { tiers: [{ salesEndAt: '2029-12-30T00:00:00.000Z', description: 'Near' }] } })
  expect(await held.staleTables()).toEqual([])
})

test('update_tier leaves a tier in its pool while an order of it is under way', async () => {
  const answer = await held.waitFor({
    hold: `insert into ticketing.order_items
        (event_id, order_id, line, tier_id, pool_id, quantity, unit_price_minor, total_minor, counted_as)
      select event_id, order_id, 1, '${tierId()}', '${poolId()}', 1, 1000, 1000, 'none' from ticketing.orders
      where order_id = '${await emptyOrder()}'`,
    call: () =>
      database.call('ticketing.update_tier', {
        event_id: shop.eventId,
        tier_id: tierId(),
        change: { poolId: null },
        actor: 'Ida',
      }),
  })
  expect(answer.outcome).toBe('pool_fixed')
})

/** An order whose lines were taken away, so that none of the tier's is committed. */
const emptyOrder = async (): Promise<string> => {
  const orderId = await shop.hold()
  await shop.query('delete from ticketing.order_items where order_id = $1', [orderId])
  return orderId
}

const takeEight = (table: string) =>
  `update ticketing.${table} set reserved = reserved + 8 where event_id = '${shop.eventId}'`
const floor = { outcome: 'below_floor', reserved: 8, issued: 0 }

test('set_tier_capacity sees the places that are taken in this moment', async () => {
  const args = { event_id: shop.eventId, tier_id: tierId(), capacity: 5, actor }
  const call = () => database.call('ticketing.set_tier_capacity', args)
  expect(await held.waitFor({ hold: takeEight('tier_inventory'), call })).toEqual(floor)
})

test('set_pool_capacity sees the places that are taken in this moment', async () => {
  const args = { event_id: shop.eventId, pool_id: poolId(), capacity: 5, actor }
  const call = () => database.call('ticketing.set_pool_capacity', args)
  expect(await held.waitFor({ hold: takeEight('pool_inventory'), call })).toEqual(floor)
})

const takeAll = (table: string) => `update ticketing.${table} set reserved = 10 where event_id = '${shop.eventId}'`

test('reserve_order holds nothing where the last place is taken in this moment', async () => {
  const lost = held.waitFor({ hold: takeAll('tier_inventory'), call: () => shop.reserve() })
  await expect(lost).rejects.toMatchObject({ kind: 'sold_out', message: expect.stringMatching(/^tier /) })
})

test("take_pools holds nothing where the pool's last place is taken in this moment", async () => {
  const lost = held.waitFor({ hold: takeAll('pool_inventory'), call: () => shop.reserve() })
  await expect(lost).rejects.toMatchObject({ kind: 'sold_out', message: expect.stringMatching(/^pool /) })
})

test('claim_gateway_objects looks again where another order was given the session in this moment', async () => {
  const orderId = await shop.hold()
  const { sessionId } = await shop.checkout(orderId)
  const answer = await held.waitFor({
    hold: `insert into venuekit.gateway_objects (account, object_id, event_id, order_id, payment_id, recorded_at)
      values ('${testAccount}', '${sessionId}', '${shop.eventId}', gen_random_uuid(), gen_random_uuid(), '2030-01-01')`,
    call: () => shop.complete(orderId, shop.payment(sessionId)),
  })
  expect(answer).toMatchObject({ outcome: 'needs_review' })
})

test('has_holds counts the reservation that the same address makes in this moment', async () => {
  const args = { max_holds: 1, buyer: { name: 'Ada', email: 'ada@example.com' } }
  const orderId = crypto.randomUUID()
  const answer = await held.waitFor({
    hold: `select ticketing.reserve_order('${shop.eventId}', '${orderId}', '${shop.venueId}', 'first', 'hash',
      '[{"tierId": "${tierId()}", "quantity": 1}]', '${JSON.stringify(args.buyer)}', 'https://venue.example', null,
      null, null, 1)`,
    call: () => shop.reserve(args),
  })
  expect(answer).toEqual({ outcome: 'too_many_holds', maximum: 1 })
})

test('begin_reconciliation does not take over a run that its worker saves in this moment', async () => {
  const account = crypto.randomUUID()
  const run = { account, window_from: null, window_until: null, overlap_seconds: 0 }
  const runId = crypto.randomUUID()
  await database.call('venuekit.begin_reconciliation', { ...run, run_id: runId, worker: 'one' })
  const answer = await held.waitFor({
    hold: `select venuekit.save_reconciliation('${runId}', 'one', 'sessions', null, '{}', '[]')`,
    call: () => database.call('venuekit.begin_reconciliation', { ...run, run_id: crypto.randomUUID(), worker: 'two' }),
  })
  expect(answer).toEqual({ outcome: 'busy' })
})

test('check_event says once what was mended', async () => {
  await database.call('ticketing.check_event', { event_id: shop.eventId })
  await shop.query(`update ticketing.health_checkpoints set parts = '{"ghosts": 3}' where event_id = $1`, [
    shop.eventId,
  ])
  const answer = await held.waitFor({
    // Locked only: an insert would wait for one that changes the row by itself.
    hold: `select from ticketing.health_checkpoints where event_id = '${shop.eventId}' for update`,
    call: () => database.call('ticketing.check_event', { event_id: shop.eventId }),
    meanwhile: `update ticketing.health_checkpoints set parts = '{}' where event_id = '${shop.eventId}'`,
  })
  expect(answer).toMatchObject({ outcome: 'checked', mended: [] })
})

test('make_refund_room does not shrink a request that a worker takes in this moment: it is given up', async () => {
  const { orderId, paymentId } = await buy()
  await requestRefund(orderId, 800)
  await held.waitFor({
    hold: `select ticketing.take_refunds('${shop.eventId}', 10, 'one', 60)`,
    call: () => importRefund(orderId, paymentId, 500),
  })
  const refunds = await shop.query(
    'select amount_minor::int, status from ticketing.refunds where order_id = $1 order by 1',
    [orderId],
  )
  expect(refunds).toEqual([
    { amount_minor: 500, status: 'succeeded' },
    { amount_minor: 800, status: 'cancelled' },
  ])
})

const sell = () =>
  `select ticketing.reserve_order('${shop.eventId}', gen_random_uuid(), '${shop.venueId}', 'second', 'hash',
    '[{"tierId": "${tierId()}", "quantity": 2}]', '{"name": "Bo", "email": "bo@example.com"}', 'https://venue.example',
    null, null, null)`

test.each(['tier', 'pool'])('set_counter counts the sale that holds the counter of a %s', async kind => {
  await shop.hold()
  await shop.query(`update ticketing.${kind}_inventory set reserved = 5 where event_id = $1`, [shop.eventId])
  const id = { tier_id: kind === 'tier' ? tierId() : null, pool_id: kind === 'pool' ? poolId() : null }
  await held.waitFor({
    hold: sell(),
    call: () => database.call('ticketing.repair_counter', { event_id: shop.eventId, ...id, actor }),
  })
  expect(await shop.imbalances()).toEqual([])
})
