import type { AdminOrder, AdminRefund, newRefund } from '@venuekit/core/contracts'
import type * as z from 'zod/mini'
import type { RefundRefusal } from '../ports/refundFunctions.ts'
import { getAdminOrder } from './adminOrders.ts'
import type { KitContext } from './kitContext.ts'
import { ProblemError } from './problemError.ts'
import { sendRefunds } from './sendRefunds.ts'

export type NewRefund = z.infer<typeof newRefund>

const refusals: Record<RefundRefusal, string> = {
  no_payment: 'The order has no such payment.',
  under_review: 'The order is under review: decide that first.',
  disputed: "The buyer's bank holds this payment: a refund would pay twice.",
  nothing_left: 'Nothing is left of the payment: it is refunded, or a refund is under way.',
  exceeds_payment: 'That is more than is left of the payment.',
  amount_off_step:
    'The payment gateway moves ISK and UGX whole only, and of three decimals the last must be 0: round the amount.',
  payment_bought_no_tickets: 'This payment bought no tickets: refund it by money.',
  unknown_ticket: 'A ticket is not one of this order.',
  ticket_not_valid: 'A ticket is void already, or a refund of it is under way.',
  ticket_checked_in:
    'Somebody came in with a ticket that this refund would take: undo the check-in first, or refund less than all by amountMinor.',
  nothing_paid: 'Nothing was paid for these tickets.',
}

/** Starts what was asked for at once; the job does the same a minute later where this is lost. */
export const startRefunds = (context: KitContext): void =>
  void context.background.run('send-refunds', () => sendRefunds(context))

/**
 * Asks for a refund by ticket, by money, or of all that is left. Idempotent by `refundId`. Answers the refund as a row:
 * the gateway is called after the commit. Throws `refund_refused`, and `idempotency_conflict` where the id stands for
 * another request.
 */
export const createRefund = async (
  context: KitContext,
  { eventId, orderId }: { eventId: string; orderId: string },
  request: NewRefund,
): Promise<{ refunds: AdminRefund[]; order: AdminOrder }> => {
  const answer = await context.database.call('ticketing.request_refund', {
    event_id: eventId,
    order_id: orderId,
    refund_id: request.refundId,
    payment_id: request.paymentId ?? null,
    amount_minor: request.amountMinor ?? null,
    ticket_ids: request.ticketIds ?? null,
    actor: request.actor,
    reason: request.reason ?? null,
  })
  if (answer.outcome === 'not_found') throw new ProblemError('not_found', { detail: 'No such order.' })
  if (answer.outcome === 'conflict') {
    throw new ProblemError('idempotency_conflict', { detail: 'This refundId stands for another refund.' })
  }
  if (answer.outcome === 'refused') {
    throw new ProblemError('refund_refused', {
      detail: `${refusals[answer.reason]} (${answer.reason}; left: ${answer.leftMinor})`,
    })
  }
  startRefunds(context)
  return { refunds: [answer.refund], ...(await getAdminOrder(context, eventId, orderId)) }
}
