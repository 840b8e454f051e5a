import { GatewayError } from '../ports/gatewayError.ts'
import { importDispute } from './importDispute.ts'
import { importPaymentRefunds, importRefund } from './importRefund.ts'
import type { KitContext } from './kitContext.ts'

/** What an event about returned money asks for, by the id of its object. Answers a note for the record. */
type MoneyWork = (context: KitContext, objectId: string) => Promise<string>

const workOnRefund: MoneyWork = async (context, refundId) =>
  importRefund(context, await context.gateway.getRefund(refundId))

const workOnCharge: MoneyWork = async (context, chargeId) => {
  const intentId = await context.gateway.findPaymentOfCharge(chargeId)
  return intentId === null ? 'not_ours' : (await importPaymentRefunds(context, intentId)).join(', ')
}

const workOnDispute: MoneyWork = async (context, disputeId) =>
  importDispute(context, await context.gateway.getDispute(disputeId))

const works: Record<string, MoneyWork> = {
  'refund.created': workOnRefund,
  'refund.updated': workOnRefund,
  'refund.failed': workOnRefund,
  'charge.refund.updated': workOnRefund,
  'charge.refunded': workOnCharge,
  'charge.dispute.created': workOnDispute,
  'charge.dispute.updated': workOnDispute,
  'charge.dispute.closed': workOnDispute,
  'charge.dispute.funds_withdrawn': workOnDispute,
  'charge.dispute.funds_reinstated': workOnDispute,
}

/** Types of events about returned money. */
export const moneyEventTypes: readonly string[] = Object.keys(works)

export const isMoneyEvent = (type: string): boolean => Object.hasOwn(works, type)

/** Fetches the object of an event about a refund or a dispute again, and imports what it is now. */
export const workOnMoney = async (context: KitContext, type: string, objectId: string | null): Promise<string> => {
  const work = isMoneyEvent(type) ? works[type] : undefined
  if (!work || objectId === null) return `noted: nothing to do for ${type}`
  try {
    return await work(context, objectId)
  } catch (error) {
    if (error instanceof GatewayError && error.kind === 'not_found') return 'ignored: no object of ours'
    throw error
  }
}
