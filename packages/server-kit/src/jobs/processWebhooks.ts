import { settleDueOrphans } from '../services/orphanPayments.ts'
import { processWebhook, type WebhookResult } from '../services/webhooks.ts'
import type { Job } from './job.ts'

const batch = 50
const maximumBatches = 40

/** Second line of defence: the events whose own request did not finish them, and money that waits for its order. */
export const processWebhooks: Job = {
  everySeconds: 60,
  async run(context, signal) {
    const report: Record<WebhookResult, number> & { orphans: number } = { done: 0, pending: 0, dead: 0, orphans: 0 }
    for (let round = 0; round < maximumBatches && !signal?.aborted; round += 1) {
      const { webhooks } = await context.database.call('venuekit.due_webhooks', { max_webhooks: batch })
      for (const webhook of webhooks) {
        if (signal?.aborted) return report
        report[await processWebhook(context, webhook)] += 1
      }
      if (webhooks.length < batch) break
    }
    if (!signal?.aborted) report.orphans = await settleDueOrphans(context, signal)
    return report
  },
}
