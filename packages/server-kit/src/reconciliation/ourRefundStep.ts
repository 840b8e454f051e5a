import { GatewayError } from '../ports/gatewayError.ts'
import type { GatewayRefund } from '../ports/gatewayRefund.ts'
import type { RecordedRefund } from '../ports/reconciliationFunctions.ts'
import { judgeRefund } from './judgeRefund.ts'
import { ownPageSize, ownPages } from './ownPages.ts'
import { flag, type ReconciliationRun, type Step, type Verdict } from './reconciliationRun.ts'

/** Null where the gateway has none of that id, or none that carries ours. */
const ask = async ({ context, pace }: ReconciliationRun, ours: RecordedRefund): Promise<GatewayRefund | null> => {
  const { gatewayRefundId, paymentIntentId, refundId } = ours
  await pace()
  if (gatewayRefundId === null) {
    return paymentIntentId === null ? null : context.gateway.findRefund(paymentIntentId, refundId)
  }
  try {
    return await context.gateway.getRefund(gatewayRefundId)
  } catch (error) {
    if (error instanceof GatewayError && error.kind === 'not_found') return null
    throw error
  }
}

const judge = async (run: ReconciliationRun, ours: RecordedRefund): Promise<Verdict> => {
  const subject = `refund:${ours.refundId}`
  const theirs = await ask(run, ours)
  if (theirs) return judgeRefund(run, theirs, ours)
  // Sent, and never arrived: the refund worker sends it again.
  if (ours.gatewayRefundId === null) return { kind: 'agreed', subject }
  const { eventId, orderId, gatewayRefundId, amountMinor, currency, status } = ours
  const detail = { eventId, orderId, gatewayRefundId, amountMinor, currency, ourStatus: status }
  return flag({ kind: 'refund_not_at_gateway', subject, detail })
}

/** Our refunds that are under way or ended in the window, and that no list of the gateway's has confirmed. */
export const ourRefundStep: Step = run =>
  ownPages({
    async read() {
      const { refunds } = await run.context.database.call('ticketing.refunds_to_confirm', {
        run_id: run.runId,
        account: run.context.gateway.account,
        mode: run.context.gateway.mode,
        window_from: run.from,
        window_until: run.until,
        max_refunds: ownPageSize,
      })
      return refunds
    },
    identify: ({ refundId, eventId, orderId, gatewayRefundId }) => ({
      subject: `refund:${refundId}`,
      detail: { eventId, orderId, refundId, gatewayRefundId },
    }),
    judge: ours => judge(run, ours),
  })
