import type { ListedWebhook } from '../ports/hostFunctions.ts'
import type { KitContext } from './kitContext.ts'
import { processWebhook } from './webhooks.ts'

export interface WebhookSelection {
  /** All where it is left out. */
  status?: ListedWebhook['status']
  /** These alone, by the gateway's ids. */
  ids?: readonly string[]
  /** 100 at most where it is left out. */
  limit?: number
}

/** The inbox, for the host's own people. */
export interface HostWebhooks {
  /** The latest first. */
  list(selection?: WebhookSelection): Promise<ListedWebhook[]>
  /**
   * Puts the events back in line and works on them at once; harmless for those that were done. Answers them as they are
   * afterwards; ids that the inbox does not have are left out. The signal ends it between two events: those not yet put
   * back stay as they are, the others wait in line.
   */
  replay(ids: readonly string[], signal?: AbortSignal): Promise<ListedWebhook[]>
}

const defaultLimit = 100
const workAtOnce = 50

const list = async ({ database }: KitContext, { status, ids, limit }: WebhookSelection): Promise<ListedWebhook[]> => {
  const { webhooks } = await database.call('venuekit.list_webhooks', {
    status: status ?? null,
    gateway_event_ids: ids === undefined ? null : [...ids],
    max_webhooks: limit ?? ids?.length ?? defaultLimit,
  })
  return webhooks
}

/** What is due is worked on, oldest first, until the wanted ones were among it. */
const workOn = async (context: KitContext, wanted: Set<string>, signal?: AbortSignal): Promise<void> => {
  while (wanted.size > 0) {
    const { webhooks } = await context.database.call('venuekit.due_webhooks', { max_webhooks: workAtOnce })
    for (const webhook of webhooks) {
      if (signal?.aborted) return
      await processWebhook(context, webhook)
      wanted.delete(webhook.gatewayEventId)
    }
    if (webhooks.length < workAtOnce) return
  }
}

const replay = async (context: KitContext, ids: readonly string[], signal?: AbortSignal): Promise<ListedWebhook[]> => {
  const there = await list(context, { ids })
  for (const { account, gatewayEventId } of there) {
    if (signal?.aborted) break
    await context.database.call('venuekit.replay_webhook', { account, gateway_event_id: gatewayEventId })
  }
  await workOn(context, new Set(there.map(({ gatewayEventId }) => gatewayEventId)), signal)
  return list(context, { ids })
}

export const createHostWebhooks = (context: KitContext): HostWebhooks => ({
  list: (selection = {}) => list(context, selection),
  replay: (ids, signal) => replay(context, ids, signal),
})
