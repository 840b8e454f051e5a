import { GatewayError, type GatewayErrorKind } from '../ports/gatewayError.ts'
import type { GatewayRefund } from '../ports/gatewayRefund.ts'
import { isGatewayAway } from '../ports/isGatewayAway.ts'
import type { RefundOutcome, RefundState, RefundTask } from '../ports/refundFunctions.ts'
import { checkEvent } from './checkHealth.ts'
import { importPaymentRefunds, watchRefund } from './importRefund.ts'
import type { KitContext } from './kitContext.ts'
import { refundStateOf } from './refundState.ts'

/** Tries without an answer after which a person should look. */
const worryingTries = 8

const record = async (
  context: KitContext,
  task: RefundTask,
  state: RefundState,
  about: { gatewayRefundId?: string; error?: string } = {},
): Promise<RefundOutcome> => {
  const { outcome } = await context.database.call('ticketing.record_refund', {
    event_id: task.eventId,
    order_id: task.orderId,
    refund_id: task.refundId,
    state,
    gateway_refund_id: about.gatewayRefundId ?? null,
    error: about.error ?? null,
  })
  if (outcome === 'not_found') throw new Error(`refund ${task.refundId} is gone`)
  const { eventId, orderId, refundId } = task
  await watchRefund(context, outcome, refundId, { eventId, orderId, refundId, error: about.error ?? null })
  return outcome
}

const recordAnswer = (context: KitContext, task: RefundTask, refund: GatewayRefund): Promise<RefundOutcome> => {
  const state = refundStateOf(refund.status)
  // It exists, in a state we have no word for: to be asked again, never to be sent again.
  return record(context, task, state === 'unknown' ? 'pending' : state, { gatewayRefundId: refund.id })
}

/** `unknown` is to be looked for later; only a refusal of the refund itself has made none. */
const recordFailure = async (
  context: KitContext,
  task: RefundTask,
  state: 'unknown' | 'failed',
  error: string,
): Promise<RefundOutcome> => {
  const { refundId, orderId, tries } = task
  context.log.warn('a refund was not made', { refundId, orderId, state, error })
  if (state === 'unknown' && tries === worryingTries) {
    // An event whose show is long over is looked at once a day only.
    void context.background.run(`check-event/${task.eventId}`, () => checkEvent(context, task.eventId))
  }
  return record(context, task, state, { error })
}

const intentOf = async (context: KitContext, task: RefundTask): Promise<string | null> => {
  if (task.paymentIntentId !== null || task.sessionId === null) return task.paymentIntentId
  return (await context.gateway.getSession(task.sessionId)).paymentIntentId
}

const recordNoIntent = (context: KitContext, task: RefundTask): Promise<RefundOutcome> =>
  recordFailure(context, task, 'failed', `payment ${task.paymentId} has no payment intent to refund`)

const refusalKinds: readonly string[] = ['rejected', 'not_found'] satisfies GatewayErrorKind[]

const sendTo = async (context: KitContext, task: RefundTask, paymentIntentId: string): Promise<RefundOutcome> => {
  const { refundId, eventId, orderId, amountMinor } = task
  let refund: GatewayRefund
  try {
    refund = await context.gateway.createRefund({ refundId, eventId, orderId, paymentIntentId, amountMinor })
  } catch (error) {
    if (!(error instanceof GatewayError) || !refusalKinds.includes(error.kind)) throw error
    // Somebody may have refunded it at the gateway. Facts first, then ours has failed if it still stands.
    if (error.kind === 'rejected') await importPaymentRefunds(context, paymentIntentId)
    return recordFailure(context, task, 'failed', String(error))
  }
  return recordAnswer(context, task, refund)
}

const send = async (context: KitContext, task: RefundTask): Promise<RefundOutcome> => {
  const paymentIntentId = await intentOf(context, task)
  return paymentIntentId === null ? recordNoIntent(context, task) : sendTo(context, task, paymentIntentId)
}

/** Its answer was lost: the gateway is searched before it is asked again. */
const look = async (context: KitContext, task: RefundTask, worker: string): Promise<RefundOutcome> => {
  const paymentIntentId = await intentOf(context, task)
  if (paymentIntentId === null) return recordNoIntent(context, task)
  const found = await context.gateway.findRefund(paymentIntentId, task.refundId)
  if (found) return recordAnswer(context, task, found)
  if (!task.maySendAgain) {
    const { maySend } = await context.database.call('ticketing.restart_refund', {
      event_id: task.eventId,
      order_id: task.orderId,
      refund_id: task.refundId,
      worker,
    })
    if (!maySend) return 'unchanged'
  }
  return sendTo(context, task, paymentIntentId)
}

const ask = async (context: KitContext, task: RefundTask): Promise<RefundOutcome> =>
  recordAnswer(context, task, await context.gateway.getRefund(task.gatewayRefundId ?? ''))

type Perform = (context: KitContext, task: RefundTask, worker: string) => Promise<RefundOutcome>

const performers: Record<RefundTask['task'], Perform> = { send, look, ask }

/** Works on a leased refund, outside any transaction. `answered` is false where the gateway could not be reached. */
export const sendRefund = async (
  context: KitContext,
  task: RefundTask,
  worker: string,
): Promise<{ outcome: RefundOutcome; answered: boolean }> => {
  try {
    return { outcome: await performers[task.task](context, task, worker), answered: true }
  } catch (error) {
    return { outcome: await recordFailure(context, task, 'unknown', String(error)), answered: !isGatewayAway(error) }
  }
}
