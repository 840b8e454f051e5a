import type { MigratableDatabase } from '../../src/ports/database.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import { openTestShop, type TestShop, testAccount } from '../../src/testing/testShop.ts'
import { type HeldRows, holdRows } from './heldRows.ts'

/** Who decides, wherever somebody must. */
export const actor = 'Ida'

/** A shop of one tier in one pool, what buyers and hosts do in it, and the rows that others hold meanwhile. */
export const openLockStage = async () => {
  const postgres = await startTestPostgres()
  const database: MigratableDatabase = (await postgres.createDatabase()).open({ poolSize: 8 })
  const held: HeldRows = await holdRows(database)
  let shop: TestShop

  const of = (orderId: string) => ({ event_id: shop.eventId, order_id: orderId })
  return {
    database,
    held,
    /** The present test's. */
    get shop() {
      return shop
    },
    get eventId() {
      return shop.eventId
    },
    get tierId() {
      return shop.tierIds[0] ?? ''
    },
    get poolId() {
      return shop.poolIds[0] ?? ''
    },
    /** Before each test: a shop of its own. */
    async arrange() {
      await held.arrange()
      shop = await openTestShop(database, { pools: [{ capacity: 10 }] })
    },
    async close() {
      await database.close()
      await postgres.stop()
    },
    of,
    lockOrder: (orderId: string) => `select from ticketing.orders where order_id = '${orderId}' for update`,
    lockEvent: () => `select from ticketing.events where event_id = '${shop.eventId}' for no key update`,
    begin: (orderId: string, attemptId: string = crypto.randomUUID()) =>
      database.call('ticketing.begin_checkout', {
        ...of(orderId),
        attempt_id: attemptId,
        account: testAccount,
        mode: 'test',
        ui: 'redirect',
        params: {},
      }),
    async buy(change = {}) {
      const orderId = await shop.hold()
      const { sessionId } = await shop.checkout(orderId)
      const payment = shop.payment(sessionId, change)
      const { outcome } = await shop.complete(orderId, payment)
      return { orderId, outcome, paymentId: payment.paymentId }
    },
    requestRefund: (orderId: string, amountMinor: number | null = null, refundId: string = crypto.randomUUID()) =>
      database.call('ticketing.request_refund', {
        ...of(orderId),
        refund_id: refundId,
        payment_id: null,
        amount_minor: amountMinor,
        ticket_ids: null,
        actor,
        reason: null,
      }),
    importRefund: (orderId: string, paymentId: string, amountMinor: number) =>
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
      }),
  }
}

export type LockStage = Awaited<ReturnType<typeof openLockStage>>
