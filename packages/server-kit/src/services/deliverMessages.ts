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

/** Events of which enough is on its way, and orders of which anything is: what one is told comes in its order. */
const busyIds = (messages: readonly OutboxMessage[]): string[] => {
  const counts = new Map<string, number>()
  for (const { eventId } of messages) counts.set(eventId, (counts.get(eventId) ?? 0) + 1)
  const events = [...counts].flatMap(([eventId, count]) => (count < atOncePerEvent ? [] : [eventId]))
  return [...events, ...messages.map(({ orderId }) => orderId)]
}

/** The next message of that recipient for which there is room; null where there is none. */
const takeNext = async (
  { database }: KitContext,
  recipient: MessageRecipient,
  worker: string,
  underWay: UnderWay,
): Promise<OutboxMessage | null> => {
  const theirs = [...underWay.keys()].filter(({ kind }) => (kind === 'fulfilled') === (recipient === 'host'))
  if (theirs.length >= atOnce) return null
  const { messages } = await database.call('venuekit.take_messages', {
    recipient,
    max_messages: 1,
    worker,
    lease_seconds: leaseSeconds,
    busy_ids: busyIds(theirs),
  })
  return messages[0] ?? null
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
  const fill = async (recipient: MessageRecipient): Promise<void> => {
    while (!signal?.aborted) {
      const message = await takeNext(context, recipient, worker, underWay)
      if (message === null) return
      begin(message)
    }
  }
  try {
    for (;;) {
      for (const recipient of recipients) await fill(recipient)
      if (underWay.size === 0) break
      await withinTime(Promise.race(underWay.values()), lookAgainMs, undefined)
    }
  } finally {
    await Promise.all(underWay.values())
  }
  if (faults.length > 0) throw faults[0]
  return report
}
