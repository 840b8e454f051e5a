import type { GatewayRefund } from '../ports/gatewayRefund.ts'
import { importRefund } from '../services/importRefund.ts'
import { refundStateOf } from '../services/refundState.ts'
import { flag, type ReconciliationRun, type Verdict } from './reconciliationRun.ts'

/** What our row of a refund says. */
export interface OurRefund {
  refundId: string
  status: string
  amountMinor: number
  currency: string
}

const peoplesOutcomes: readonly string[] = ['needs_review', 'failed_late']

/** A refund at the gateway beside our row of it, if there is one; what is new there is imported as webhooks do it. */
export const judgeRefund = async (
  { context }: ReconciliationRun,
  theirs: GatewayRefund,
  ours: OurRefund | null,
): Promise<Verdict> => {
  const subject = ours ? `refund:${ours.refundId}` : `gateway_refund:${theirs.id}`
  const state = refundStateOf(theirs.status)
  const isSameMoney = ours?.amountMinor === theirs.amountMinor && ours.currency === theirs.currency
  if (isSameMoney && ours.status === state) return { kind: 'agreed', subject }
  const outcome = await importRefund(context, theirs)
  if (outcome === 'not_ours') return { kind: 'foreign' }
  if (outcome === 'noted') return { kind: 'agreed', subject }
  const detail = {
    gatewayRefundId: theirs.id,
    paymentIntentId: theirs.paymentIntentId,
    amountMinor: theirs.amountMinor,
    currency: theirs.currency,
    gatewayStatus: theirs.status,
    ourStatus: ours?.status ?? null,
  }
  if (peoplesOutcomes.includes(outcome)) return flag({ kind: 'refund_needs_review', subject, detail })
  return outcome === 'unchanged' ? flag({ kind: 'refund_differs', subject, detail }) : { kind: 'mended', subject }
}
