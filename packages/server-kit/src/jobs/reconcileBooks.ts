import { reconcile } from '../reconciliation/reconcile.ts'
import type { Job } from './job.ts'

/** Third line of defence: both books, ours and the gateway's, side by side. */
export const reconcileBooks: Job = {
  dailyAt: '02:00',
  maximumSeconds: 6 * 3600,
  async run(context, signal) {
    const result = await reconcile(context, { ...(signal && { signal }) })
    // Recorded as failed, so that another worker takes the day's run up again.
    if (result.outcome === 'left') throw new Error(`reconciliation ${result.runId} was cut off: the next one goes on`)
    // Whoever is at it may die of it: asked again in half an hour, the day's run goes on, or finds little to do.
    if (result.outcome === 'busy') throw new Error('another reconciliation is under way')
    return { runId: result.runId, ...result.report }
  },
}
