import { reconcile } from '../reconciliation/reconcile.ts'
import type { Job } from './job.ts'

/** Third line of defence: both books, ours and the gateway's, side by side. */
export const reconcileBooks: Job = {
  dailyAt: '02:00',
  async run(context) {
    const result = await reconcile(context)
    return result.outcome === 'busy' ? { outcome: 'busy' } : { runId: result.runId, ...result.report }
  },
}
