import type { CheckoutSession } from '../ports/checkoutSession.ts'
import { GatewayError } from '../ports/gatewayError.ts'
import type { GatewayPayment } from '../ports/gatewayPayment.ts'
import type { RecordedPayment } from '../ports/reconciliationFunctions.ts'
import { comparePayment, type Money } from './comparePayment.ts'
import { ownPageSize, ownPages } from './ownPages.ts'
import { flag, type ReconciliationRun, type Step, type Verdict } from './reconciliationRun.ts'

/** What the gateway says of one payment. */
interface GatewayWord extends Money {
  /** Its own words, for the finding. */
  status: string
  isPaid: boolean
}

const ofSession = (session: CheckoutSession): GatewayWord => ({
  amountMinor: session.amountTotalMinor,
  currency: session.currency,
  mode: session.mode,
  status: `${session.status}, ${session.paymentStatus}`,
  isPaid: session.status === 'complete' && ['paid', 'no_payment_required'].includes(session.paymentStatus),
})

const ofPayment = (payment: GatewayPayment): GatewayWord => ({
  amountMinor: payment.receivedMinor,
  currency: payment.currency,
  mode: payment.mode,
  status: payment.status,
  isPaid: payment.status === 'succeeded',
})

/** Null where the gateway has no such object. */
const ask = async ({ context, pace }: ReconciliationRun, ours: RecordedPayment): Promise<GatewayWord | null> => {
  const { gateway } = context
  await pace()
  try {
    if (ours.sessionId !== null) return ofSession(await gateway.getSession(ours.sessionId))
    return ofPayment(await gateway.getPayment(ours.paymentIntentId ?? ''))
  } catch (error) {
    if (error instanceof GatewayError && error.kind === 'not_found') return null
    throw error
  }
}

const judge = async (run: ReconciliationRun, ours: RecordedPayment): Promise<Verdict> => {
  const theirs = await ask(run, ours)
  const objectId = ours.sessionId ?? ours.paymentIntentId
  if (theirs?.isPaid) return comparePayment(ours, objectId, theirs)
  const { eventId, orderId, paymentId, amountMinor, currency } = ours
  return flag({
    kind: theirs ? 'payment_not_paid_at_gateway' : 'payment_not_at_gateway',
    subject: `payment:${paymentId}`,
    detail: { eventId, orderId, paymentId, objectId, amountMinor, currency, gatewayStatus: theirs?.status ?? null },
  })
}

/** Payments that we recorded in the window and that no list of the gateway's has confirmed. */
export const ourPaymentStep: Step = run =>
  ownPages({
    async read() {
      const { payments } = await run.context.database.call('ticketing.payments_to_confirm', {
        run_id: run.runId,
        account: run.context.gateway.account,
        mode: run.context.gateway.mode,
        window_from: run.from,
        window_until: run.until,
        max_payments: ownPageSize,
      })
      return payments
    },
    identify: ({ paymentId, eventId, orderId }) => ({
      subject: `payment:${paymentId}`,
      detail: { eventId, orderId, paymentId },
    }),
    judge: ours => judge(run, ours),
  })
