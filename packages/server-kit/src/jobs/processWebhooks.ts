import { errorText } from '../services/errorText.ts'
import { inLanes } from '../services/inLanes.ts'
import type { KitContext } from '../services/kitContext.ts'
import { settleDueOrphans } from '../services/orphanPayments.ts'
import { processWebhook, type WebhookResult } from '../services/webhooks.ts'
import type { Job } from './job.ts'

const batch = 50
const maximumBatches = 40
/** Beside each other: what the gateway is slow about keeps a lane. Few, for all may wait for one lock with a connection. */
const lanes = 4

type WebhookReport = Record<WebhookResult | 'unrecorded', number> & { orphans: number }

/** Answers the last thing that kept the database from noting how an event went; null where nothing did. */
const workOnInbox = async (
  context: KitContext,
  report: WebhookReport,
  signal: AbortSignal | undefined,
): Promise<unknown> => {
  let fault: unknown = null
  const seen = new Set<string>()
  for (let round = 0; round < maximumBatches && !signal?.aborted; round += 1) {
    const { webhooks } = await context.database.call('venuekit.due_webhooks', { max_webhooks: batch })
    // What could not be noted is due still.
    const fresh = webhooks.filter(({ gatewayEventId }) => !seen.has(gatewayEventId))
    await inLanes(fresh, lanes, async webhook => {
      if (signal?.aborted) return
      seen.add(webhook.gatewayEventId)
      try {
        report[await processWebhook(context, webhook)] += 1
      } catch (error) {
        fault = error
        report.unrecorded += 1
        const { gatewayEventId, type } = webhook
        context.log.error('how a webhook went was not noted', { gatewayEventId, type, error: errorText(error) })
      }
    })
    if (webhooks.length < batch || fresh.length === 0) break
  }
  return fault
}

/** Second line of defence: the events whose own request did not finish them, and money that waits for its order. */
export const processWebhooks: Job = {
  everySeconds: 60,
  async run(context, signal) {
    const report: WebhookReport = { done: 0, pending: 0, dead: 0, unrecorded: 0, orphans: 0 }
    const fault = await workOnInbox(context, report, signal)
    if (!signal?.aborted) report.orphans = await settleDueOrphans(context, signal)
    if (fault !== null) throw fault
    return report
  },
}
