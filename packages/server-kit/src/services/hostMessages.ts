import type { ListedMessage } from '../ports/hostFunctions.ts'
import { checkEvent } from './checkHealth.ts'
import { deliverMessages } from './deliverMessages.ts'
import type { KitContext } from './kitContext.ts'

export interface MessageSelection {
  /** All where it is left out. */
  status?: ListedMessage['status']
  eventId?: string
  /** These alone. */
  ids?: readonly string[]
  /** 100 at most where it is left out. */
  limit?: number
}

/** The outbox, for the host's own people: buyers' mails and calls of `onFulfilled`. */
export interface HostMessages {
  /** The latest first. */
  list(selection?: MessageSelection): Promise<ListedMessage[]>
  /**
   * Puts back in line what was given up, waits or was dismissed, and delivers what is due, for a minute: the rest is for
   * the job. What was sent stays sent. Answers the messages as they are afterwards; ids that the outbox does not have are
   * left out.
   */
  replay(ids: readonly string[], signal?: AbortSignal): Promise<ListedMessage[]>
  /** Lets go of what cannot be sent, in the name of who saw to it otherwise: nobody is told of it any more. */
  dismiss(ids: readonly string[], actor: string): Promise<ListedMessage[]>
}

const defaultLimit = 100
/** Much else may be due, and hang. */
const deliverMs = 60_000

const list = async ({ database }: KitContext, selection: MessageSelection): Promise<ListedMessage[]> => {
  const { status, eventId, ids, limit } = selection
  const { messages } = await database.call('venuekit.list_messages', {
    status: status ?? null,
    event_id: eventId ?? null,
    message_ids: ids === undefined ? null : [...ids],
    max_messages: limit ?? ids?.length ?? defaultLimit,
  })
  return messages
}

/** As they are now, their events looked at anew: what was told of them may be over. */
const lookAgain = async (context: KitContext, ids: readonly string[]): Promise<ListedMessage[]> => {
  const messages = await list(context, { ids })
  for (const eventId of new Set(messages.map(message => message.eventId))) await checkEvent(context, eventId)
  return messages
}

const replay = async (context: KitContext, ids: readonly string[], signal?: AbortSignal): Promise<ListedMessage[]> => {
  for (const { messageId } of await list(context, { ids })) {
    if (signal?.aborted) break
    await context.database.call('venuekit.replay_message', { message_id: messageId })
  }
  await deliverMessages(context, AbortSignal.any([AbortSignal.timeout(deliverMs), ...(signal ? [signal] : [])]))
  return lookAgain(context, ids)
}

const dismiss = async (context: KitContext, ids: readonly string[], actor: string): Promise<ListedMessage[]> => {
  for (const messageId of ids) {
    await context.database.call('venuekit.dismiss_message', { message_id: messageId, actor })
  }
  return lookAgain(context, ids)
}

export const createHostMessages = (context: KitContext): HostMessages => ({
  list: (selection = {}) => list(context, selection),
  replay: (ids, signal) => replay(context, ids, signal),
  dismiss: (ids, actor) => dismiss(context, ids, actor),
})
