import type { MigratableDatabase } from '../../packages/server-kit/src/ports/database.ts'
import type { CheckoutSession, PaymentGateway } from '../../packages/server-kit/src/ports/gateway.ts'
import { makeOrders } from '../ticketing/orderBook.ts'

export interface HoldKind {
  name: string
  /** `due` never reached the gateway; `payable` has a session that must be ended there. */
  state: 'due' | 'payable'
}

export const holdKinds: readonly HoldKind[] = [
  { name: 'without a session', state: 'due' },
  { name: 'each with a session', state: 'payable' },
]

/** Makes so many holds whose time is over. */
export const makeOverdueHolds = async (
  database: MigratableDatabase,
  { eventId, tierId }: { eventId: string; tierId: string },
  holds: number,
  { state }: HoldKind,
): Promise<void> => {
  const orderIds = await makeOrders(database, [{ eventId, tierId, orders: holds, quantity: 1, state }])
  await database.withOwner(connection =>
    connection.query(
      `update ticketing.orders set hold_expires_at = created_at - interval '1 minute'
       where event_id = $1 and order_id = any ($2::uuid[])`,
      [eventId, orderIds],
    ),
  )
}

const answerMs = 20

/** A gateway that ends each session it is asked to end, after as long as a near one takes. */
export const obligingGateway = (account: string): PaymentGateway => {
  const gateway: Pick<PaymentGateway, 'account' | 'mode' | 'publishableKey' | 'expireSession'> = {
    account,
    mode: 'test',
    publishableKey: null,
    async expireSession(id): Promise<CheckoutSession> {
      await new Promise(resolve => setTimeout(resolve, answerMs))
      return { id, status: 'expired', paymentStatus: 'unpaid' } as CheckoutSession
    },
  }
  return gateway as PaymentGateway
}
