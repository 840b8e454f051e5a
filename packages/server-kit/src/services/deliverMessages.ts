import type { MessageRecipient, OutboxMessage } from '../ports/venuekitFunctions.ts'
import { checkEvent } from './checkHealth.ts'
import { deliverMessage } from './deliverMessage.ts'
import { errorText } from './errorText.ts'
import type { KitContext } from './kitContext.ts'
import { maskPrivate } from './maskPrivate.ts'
import { withinTime } from './withinTime.ts'

const recipients: readonly MessageRecipient[] = ['buyer', 'host']
/** To one recipient, beside each other; a pool of mail connections holds five. */
const atOnce = 5
/** Whatever one event's messages wait for, those of others have the rest. */
const atOncePerEvent = 2
/** Longer than one delivery and its record may take: another worker must not send the same one meanwhile. */
const leaseSeconds = 120
/** While something is on its way, what has fallen due since is looked for this often. */
const lookAgainMs = 1000

export interface DeliveryReport extends Record<string, unknown> {
  sent: number
  failed: number
  dead: number
}

type Result = 'sent' | 'failed' | 'dead'

const deliver = async (context: KitContext, worker: string, message: OutboxMessage): Promise<Result> => {
  const own = { message_id: message.messageId, worker }
  const about = { messageId: message.messageId, kind: message.kind, orderId: message.orderId }
  try {
    await deliverMessage(context, message)
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

/** What is on its way, each with its end, which never rejects. */
type UnderWay = Map<OutboxMessage, Promise<void>>

/** Events of which enough is on its way. */
const busyEvents = (messages: readonly OutboxMessage[]): string[] => {
  const counts = new Map<string, number>()
  for (const { eventId } of messages) counts.set(eventId, (counts.get(eventId) ?? 0) + 1)
  return [...counts].flatMap(([eventId, count]) => (count < atOncePerEvent ? [] : [eventId]))
}

/** Finds one recipient's messages for a run. */
const createLine = ({ database }: KitContext, recipient: MessageRecipient, worker: string, underWay: UnderWay) => {
  /** Beside which busy events nothing was due, and when that was seen: each look passes by all that those have left. */
  let nothing = { beside: '', at: Number.NEGATIVE_INFINITY }
  /** The next message for which there is room; null where there is none. */
  return async (): Promise<OutboxMessage | null> => {
    const theirs = [...underWay.keys()].filter(({ kind }) => (kind === 'fulfilled') === (recipient === 'host'))
    if (theirs.length >= atOnce) return null
    const busy = busyEvents(theirs)
    const beside = busy.sort().join()
    if (busy.length > 0 && nothing.beside === beside && performance.now() - nothing.at < lookAgainMs) return null
    const { messages } = await database.call('venuekit.take_messages', {
      recipient,
      max_messages: 1,
      worker,
      lease_seconds: leaseSeconds,
      // What one order is told comes in its order.
      busy_ids: [...busy, ...theirs.map(({ orderId }) => orderId)],
    })
    const [message = null] = messages
    if (message === null) nothing = { beside, at: performance.now() }
    return message
  }
}

/**
 * Delivers what is due in the outbox, to the buyers' sink and to the host's `onFulfilled`, until nothing is. What hangs
 * has a place for a minute: neither the other recipient nor another event waits for it. Told to end, it lets what is
 * on its way come to its end. Throws at its end what kept the database from noting how a message went.
 */
export const deliverMessages = async (context: KitContext, signal?: AbortSignal): Promise<DeliveryReport> => {
  const report = { sent: 0, failed: 0, dead: 0 }
  const worker = `${context.worker}/${crypto.randomUUID()}`
  const underWay: UnderWay = new Map()
  const faults: unknown[] = []
  const begin = (message: OutboxMessage): void => {
    const end = deliver(context, worker, message)
      .then(
        result => {
          report[result] += 1
        },
        fault => {
          faults.push(fault)
        },
      )
      .finally(() => underWay.delete(message))
    underWay.set(message, end)
  }
  const lines = recipients.map(recipient => createLine(context, recipient, worker, underWay))
  try {
    for (;;) {
      for (const takeNext of lines) {
        while (!signal?.aborted) {
          const message = await takeNext()
          if (message === null) break
          begin(message)
        }
      }
      if (underWay.size === 0) break
      await withinTime(Promise.race(underWay.values()), lookAgainMs, undefined)
    }
  } finally {
    await Promise.all(underWay.values())
  }
  if (faults.length > 0) throw faults[0]
  return report
}
