import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testAccount } from '../../src/testing/testShop.ts'
import { actor, type LockStage, openLockStage } from './lockStage.ts'

let stage: LockStage
beforeAll(async () => {
  stage = await openLockStage()
})
beforeEach(() => stage.arrange())
afterAll(() => stage.close())

interface Wait {
  hold: string
  call: () => Promise<{ outcome: string }>
}

const lockCounter = (table: string) => `select from ticketing.${table} where event_id = '${stage.eventId}' for update`

/** Nobody changes the order: what they write is of the moment at which they got it. */
const lateWriters: Record<string, [() => Promise<Wait>, outcome: string]> = {
  begin_checkout: [
    async () => {
      const orderId = await stage.shop.hold()
      await stage.shop.query("update ticketing.orders set hold_expires_at = '2031-01-01' where order_id = $1", [
        orderId,
      ])
      return { hold: stage.lockOrder(orderId), call: () => stage.begin(orderId) }
    },
    'begun',
  ],
  attach_checkout: [
    async () => {
      const orderId = await stage.shop.hold()
      const attemptId = crypto.randomUUID()
      await stage.begin(orderId, attemptId)
      const call = () =>
        stage.database.call('ticketing.attach_checkout', {
          ...stage.of(orderId),
          attempt_id: attemptId,
          account: testAccount,
          session_id: `cs_${orderId}`,
          url: 'https://pay.example',
          client_secret: null,
          session_expires_at: Date.parse('2030-01-01T11:00:00Z') / 1000,
        })
      return { hold: stage.lockOrder(orderId), call }
    },
    'attached',
  ],
  begin_extension: [
    async () => {
      const orderId = await stage.shop.hold()
      await stage.shop.query(
        `update ticketing.orders set hold_expires_at = '2030-01-01T10:31:00Z', hold_ends_at = '2031-01-01'
         where order_id = $1`,
        [orderId],
      )
      const call = () =>
        stage.database.call('ticketing.begin_extension', { ...stage.of(orderId), attempt_id: crypto.randomUUID() })
      return { hold: stage.lockOrder(orderId), call }
    },
    'begun',
  ],
  cancel_order: [
    async () => {
      const orderId = await stage.shop.hold()
      const call = () => stage.database.call('ticketing.cancel_order', { ...stage.of(orderId), reason: 'buyer' })
      return { hold: stage.lockOrder(orderId), call }
    },
    'cancelled',
  ],
  close_attempt: [
    async () => {
      const orderId = await stage.shop.hold()
      const attemptId = crypto.randomUUID()
      await stage.begin(orderId, attemptId)
      const call = () =>
        stage.database.call('ticketing.close_attempt', {
          ...stage.of(orderId),
          attempt_id: attemptId,
          reason: 'too_soon',
        })
      return { hold: stage.lockOrder(orderId), call }
    },
    'closed',
  ],
  settle_attempt: [
    async () => {
      const orderId = await stage.shop.hold()
      const { attemptId } = await stage.shop.checkout(orderId)
      return { hold: stage.lockOrder(orderId), call: () => stage.shop.settle(orderId, attemptId, 'expired') }
    },
    'closed',
  ],
  complete_order_atomic: [
    async () => {
      const orderId = await stage.shop.hold()
      const { sessionId } = await stage.shop.checkout(orderId)
      return { hold: stage.lockOrder(orderId), call: () => stage.shop.complete(orderId, stage.shop.payment(sessionId)) }
    },
    'issued',
  ],
  request_refund: [
    async () => {
      const { orderId } = await stage.buy()
      return { hold: stage.lockOrder(orderId), call: () => stage.requestRefund(orderId) }
    },
    'requested',
  ],
  record_refund: [
    async () => {
      const { orderId } = await stage.buy()
      const refundId = crypto.randomUUID()
      await stage.requestRefund(orderId, null, refundId)
      const call = () =>
        stage.database.call('ticketing.record_refund', {
          ...stage.of(orderId),
          refund_id: refundId,
          state: 'succeeded',
          gateway_refund_id: `re_${refundId}`,
          error: null,
        })
      return { hold: stage.lockOrder(orderId), call }
    },
    'succeeded',
  ],
  import_refund: [
    async () => {
      const { orderId, paymentId } = await stage.buy()
      return { hold: stage.lockOrder(orderId), call: () => stage.importRefund(orderId, paymentId, 1000) }
    },
    'succeeded',
  ],
  record_dispute: [
    async () => {
      const { orderId, paymentId } = await stage.buy()
      const dispute = {
        gatewayDisputeId: `dp_${orderId}`,
        status: 'needs_response',
        state: 'open',
        amountMinor: 1000,
        currency: 'USD',
      } as const
      const call = () =>
        stage.database.call('ticketing.record_dispute', { ...stage.of(orderId), payment_id: paymentId, dispute })
      return { hold: stage.lockOrder(orderId), call }
    },
    'open',
  ],
  refund_reviewed_order: [
    async () => {
      const { orderId } = await stage.buy({ amountMinor: 999 })
      const call = () =>
        stage.database.call('ticketing.refund_reviewed_order', { ...stage.of(orderId), actor, note: null })
      return { hold: stage.lockOrder(orderId), call }
    },
    'refund_due',
  ],
  repair_lines: [
    async () => {
      const orderId = await stage.shop.hold()
      await stage.shop.query("update ticketing.order_items set counted_as = 'none' where order_id = $1", [orderId])
      const call = () => stage.database.call('ticketing.repair_lines', { ...stage.of(orderId), actor })
      return { hold: stage.lockOrder(orderId), call }
    },
    'repaired',
  ],
  repair_refunds: [
    async () => {
      const { orderId } = await stage.buy()
      await stage.shop.query('update ticketing.payments set refund_reserved_minor = 1 where order_id = $1', [orderId])
      const call = () => stage.database.call('ticketing.repair_refunds', { ...stage.of(orderId), actor })
      return { hold: stage.lockOrder(orderId), call }
    },
    'repaired',
  ],
  repair_tickets: [
    async () => {
      const { orderId } = await stage.buy()
      await stage.shop.query('delete from ticketing.tickets where order_id = $1', [orderId])
      const call = () => stage.database.call('ticketing.repair_tickets', { ...stage.of(orderId), actor })
      return { hold: stage.lockOrder(orderId), call }
    },
    'repaired',
  ],
  request_resend: [
    async () => {
      const { orderId } = await stage.buy()
      await stage.shop.query(
        "update venuekit.outbox set status = 'sent', created_at = '2029-01-01' where order_id = $1",
        [orderId],
      )
      const call = async () => {
        const { queued } = await stage.database.call('ticketing.request_resend', {
          event_id: stage.eventId,
          venue_id: stage.shop.venueId,
          email: 'ada@example.com',
        })
        return { outcome: `${queued} queued` }
      }
      return { hold: stage.lockOrder(orderId), call }
    },
    '1 queued',
  ],
  pause_event: [
    async () => ({
      hold: stage.lockEvent(),
      call: () => stage.database.call('ticketing.pause_event', { event_id: stage.eventId, paused: true, actor }),
    }),
    'found',
  ],
  cancel_event: [
    async () => ({
      hold: stage.lockEvent(),
      call: () => stage.database.call('ticketing.cancel_event', { event_id: stage.eventId, actor, reason: null }),
    }),
    'found',
  ],
  set_tier_capacity: [
    async () => ({
      hold: lockCounter('tier_inventory'),
      call: () =>
        stage.database.call('ticketing.set_tier_capacity', {
          event_id: stage.eventId,
          tier_id: stage.tierId,
          capacity: 9,
          actor,
        }),
    }),
    'found',
  ],
  set_pool_capacity: [
    async () => ({
      hold: lockCounter('pool_inventory'),
      call: () =>
        stage.database.call('ticketing.set_pool_capacity', {
          event_id: stage.eventId,
          pool_id: stage.poolId,
          capacity: 9,
          actor,
        }),
    }),
    'found',
  ],
  create_tier: [
    async () => {
      const tier = { id: crypto.randomUUID(), name: 'Balcony', priceMinor: 500, capacity: 5 }
      const call = () => stage.database.call('ticketing.create_tier', { event_id: stage.eventId, tier })
      return { hold: stage.lockEvent(), call }
    },
    'found',
  ],
  create_pool: [
    async () => {
      const pool = { id: crypto.randomUUID(), name: 'Side', capacity: 5 }
      const call = () => stage.database.call('ticketing.create_pool', { event_id: stage.eventId, pool })
      return { hold: stage.lockEvent(), call }
    },
    'found',
  ],
  'clear_origins, of what somebody else cleared': [
    async () => {
      const orderId = await stage.shop.hold()
      await stage.shop.query("update ticketing.orders set origin = '{}' where order_id = $1", [orderId])
      const call = async () => {
        const args = { event_id: stage.eventId, after: null, max_orders: 10 }
        return { outcome: `${(await stage.database.call('ticketing.clear_origins', args)).cleared} cleared` }
      }
      return { hold: `update ticketing.orders set origin = null where order_id = '${orderId}'`, call }
    },
    '0 cleared',
  ],
  save_reconciliation: [
    async () => {
      const run = { run_id: crypto.randomUUID(), worker: 'one' }
      const window = { window_from: '2029-01-01T00:00:00Z', window_until: '2029-01-02T00:00:00Z', overlap_seconds: 0 }
      await stage.database.call('venuekit.begin_reconciliation', { ...run, account: run.run_id, ...window })
      const call = () =>
        stage.database.call('venuekit.save_reconciliation', {
          ...run,
          step: 'sessions',
          cursor: null,
          report: {},
          subjects: [],
          resolved: [],
        })
      return { hold: `select from venuekit.reconciliations where run_id = '${run.run_id}' for update`, call }
    },
    'saved',
  ],
}

test.each(Object.entries(lateWriters))('%s waits its turn, and then reads the clock', async (_, [arrange, outcome]) => {
  const answer = await stage.held.waitFor(await arrange())
  expect(answer.outcome).toBe(outcome)
  expect(await stage.held.staleTables()).toEqual([])
})
