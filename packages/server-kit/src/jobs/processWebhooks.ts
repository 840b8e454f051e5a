import { processWebhook, type WebhookResult } from '../services/webhooks.ts'
import type { Job } from './job.ts'

const batch = 50

/** Second line of defence: the events whose own request did not finish them. */
export const processWebhooks: Job = {
  everySeconds: 60,
  async run(context) {
    const report: Record<WebhookResult, number> = { done: 0, pending: 0, dead: 0 }
    const { webhooks } = await context.database.call('venuekit.due_webhooks', { max_webhooks: batch })
    for (const webhook of webhooks) report[await processWebhook(context, webhook)] += 1
    return report
  },
}
