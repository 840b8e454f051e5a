import type { KnownPayment } from '../ports/reconciliationFunctions.ts'
import type { ReconciliationRun } from './reconciliationRun.ts'

/** What we recorded about these objects of the gateway, by their ids. */
export const findKnownPayments = async (
  { context }: ReconciliationRun,
  objectIds: string[],
): Promise<Map<string, KnownPayment>> => {
  if (objectIds.length === 0) return new Map()
  const { payments } = await context.database.call('venuekit.find_gateway_payments', {
    account: context.gateway.account,
    object_ids: objectIds,
  })
  return new Map(payments.map(payment => [payment.objectId, payment]))
}
