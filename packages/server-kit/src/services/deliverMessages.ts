import type { OutboxMessage } from '../ports/venuekitFunctions.ts'
import { checkEvent } from './checkHealth.ts'
import { errorText } from './errorText.ts'
import type { KitContext } from './kitContext.ts'
import { maskPrivate } from './maskPrivate.ts'
import { type MailSubject, orderMail } from './orderMail.ts'
import { orderUrl } from './orderUrl.ts'
import { withTicketCodes } from './ticketCode.ts'
import { withinTime } from './withinTime.ts'

/** So few that all of them time out within their lease: another worker must not send the same ones meanwhile. */
const batch = 3
const leaseSeconds = 200
const timeoutMs = 60_000

export interface DeliveryReport extends Record<string, unknown> {
  sent: number
  failed: number
  dead: number
}

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

/** A sink, or a host's own function, that never answers keeps no other message waiting for longer than this. */
const inTime = async (work: Promise<void>): Promise<void> => {
  const isDone = await withinTime(
    work.then(() => true),
    timeoutMs,
    false,
  )
  if (!isDone) throw new Error(`it was not taken within ${timeoutMs / 1000} s`)
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

const deliver = async (context: KitContext, worker: string, message: OutboxMessage): Promise<keyof DeliveryReport> => {
  const own = { message_id: message.messageId, worker }
  const about = { messageId: message.messageId, kind: message.kind, orderId: message.orderId }
  try {
    await inTime(deliverers[message.kind](context, message))
  } catch (cause) {
    const error = errorText(cause)
    const { status } = await context.database.call('venuekit.fail_message', { ...own, error })
    // A mail server says whose mailbox it is.
    context.log.warn('a message was not delivered', { ...about, status, error: maskPrivate(error) })
    if (status !== 'dead') return 'failed'
    void context.background.run(`check-event/${message.eventId}`, () => checkEvent(context, message.eventId))
    return 'dead'
  }
  await context.database.call('venuekit.finish_message', own)
  return 'sent'
}

/** Delivers what is due in the outbox, to the buyers' sink and to the host's `onFulfilled`, until nothing is. */
export const deliverMessages = async (context: KitContext, signal?: AbortSignal): Promise<DeliveryReport> => {
  const report: DeliveryReport = { sent: 0, failed: 0, dead: 0 }
  const worker = `${context.worker}/${crypto.randomUUID()}`
  for (;;) {
    const { messages } = await context.database.call('venuekit.take_messages', {
      max_messages: batch,
      worker,
      lease_seconds: leaseSeconds,
    })
    for (const message of messages) {
      // What is left of the batch is another's once its lease is over.
      if (signal?.aborted) return report
      const result = await deliver(context, worker, message)
      report[result] = Number(report[result]) + 1
    }
    if (messages.length < batch || signal?.aborted) return report
  }
}
