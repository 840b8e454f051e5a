import type { OutboxMessage } from '../ports/venuekitFunctions.ts'
import { inTime } from './inTime.ts'
import type { KitContext } from './kitContext.ts'
import { type MailSubject, orderMail } from './orderMail.ts'
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

type Deliver = (context: KitContext, message: OutboxMessage) => Promise<void>

const deliverMail: Deliver = async (context, message) => {
  if (message.kind === 'fulfilled') return
  const subject = await readSubject(context, message)
  const refund = message.kind === 'refund' ? await readRefund(context, message) : null
  await context.messages.send(orderMail(message.messageId, message.kind, { ...subject, refund }))
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
