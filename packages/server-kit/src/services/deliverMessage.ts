import type { AdminRefund } from '@venuekit/core/contracts'
import type { OutboxMessage } from '../ports/venuekitFunctions.ts'
import { inTime } from './inTime.ts'
import type { KitContext } from './kitContext.ts'
import { type MailSubject, orderMail, type RefundPayer } from './orderMail.ts'
import { orderUrl } from './orderUrl.ts'
import { withTicketCodes } from './ticketCode.ts'

/** What a sink, or a host's own function, that never answers is given. */
const timeoutMs = 60_000

const readSubject = async (context: KitContext, message: OutboxMessage): Promise<MailSubject> => {
  const { eventId, orderId } = message
  const found = await context.database.call('ticketing.get_order', { event_id: eventId, order_id: orderId })
  if (found.outcome === 'not_found') throw new Error(`order ${orderId} is gone`)
  const event = await context.database.call('ticketing.get_event', { event_id: eventId, venue_id: found.venueId })
  if (event.outcome === 'not_found') throw new Error(`event ${eventId} is gone`)
  const token = await context.orderTokens.sign({ eventId, orderId, version: found.tokenVersion })
  return {
    order: await withTicketCodes(context.ticketCodes, found.order),
    event: event.event,
    orderUrl: found.returnUrl === null ? null : orderUrl(found.returnUrl, token),
  }
}

const readRefund = async (context: KitContext, { eventId, orderId, version }: OutboxMessage) => {
  const found = await context.database.call('ticketing.get_refund_message', {
    event_id: eventId,
    order_id: orderId,
    version,
  })
  return found.outcome === 'found' ? found.refund : null
}

const readPayer = async (
  context: KitContext,
  { eventId, orderId }: OutboxMessage,
  refund: AdminRefund | null,
): Promise<RefundPayer> => {
  const found = await context.database.call('ticketing.get_admin_order', { event_id: eventId, order_id: orderId })
  const all = found.outcome === 'found' ? found.order.payments : []
  const payments = refund === null ? all : all.filter(({ id }) => id === refund.paymentId)
  if (payments.some(({ kind }) => kind === 'external')) return 'venue'
  const lost = payments.filter(({ status, reason }) => status === 'refunded' && reason === 'dispute_lost')
  return lost.length > 0 && lost.length === payments.length ? 'bank' : 'gateway'
}

/** What mails about money going back say of it. */
const readMoneyBack = async (
  context: KitContext,
  message: OutboxMessage,
): Promise<Pick<MailSubject, 'refund' | 'payer'>> => {
  if (message.kind !== 'refund' && message.kind !== 'cancellation') return {}
  const refund = message.kind === 'refund' ? await readRefund(context, message) : null
  return { refund, payer: await readPayer(context, message, refund) }
}

type Deliver = (context: KitContext, message: OutboxMessage) => Promise<void>

const deliverMail: Deliver = async (context, message) => {
  if (message.kind === 'fulfilled') return
  const subject = { ...(await readSubject(context, message)), ...(await readMoneyBack(context, message)) }
  await context.messages.send(orderMail(message.messageId, message.kind, subject))
}

const deliverers: Record<OutboxMessage['kind'], Deliver> = {
  tickets: deliverMail,
  tickets_late: deliverMail,
  refund: deliverMail,
  cancellation: deliverMail,
  fulfilled: async (context, message) => {
    if (context.onFulfilled) await context.onFulfilled((await readSubject(context, message)).order)
  },
}

/** Sends the mail, or tells the host. Throws what they threw, or that a minute was over: they may still do it then. */
export const deliverMessage = (context: KitContext, message: OutboxMessage): Promise<void> =>
  inTime(deliverers[message.kind](context, message), timeoutMs)
