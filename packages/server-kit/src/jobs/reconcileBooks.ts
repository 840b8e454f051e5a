import { reconcile } from '../reconciliation/reconcile.ts'
import type { Job } from './job.ts'

/** Third line of defence: both books, ours and the gateway's, side by side. */
export const reconcileBooks: Job = {
  dailyAt: '02:00',
  async run(context, signal) {
    const result = await reconcile(context, { ...(signal && { signal }) })
    // Recorded as failed, so that another worker takes the day's run up again.
    if (result.outcome === 'left') throw new Error(`reconciliation ${result.runId} was cut off: the next one goes on`)
    return result.outcome === 'busy' ? { outcome: 'busy' } : { runId: result.runId, ...result.report }
  },
}
