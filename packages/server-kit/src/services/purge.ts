import type { PurgeFunctions } from '../ports/purgeFunctions.ts'
import { clearOrigins } from './clearOrigins.ts'
import type { KitContext } from './kitContext.ts'
import type { Retention } from './retention.ts'

const batch = 1000
/** Small rows without an index of their time: each batch reads the table. */
const rateBatch = 10_000
/** Of one kind, in one run: what is left is for the next hour. */
const maximumBatches = 100

/** What goes by rows of its own; where orders came from goes event by event. */
type RowKind = Exclude<keyof Retention, 'orderOrigins'>

const purges: Record<RowKind, Extract<keyof PurgeFunctions, `venuekit.purge_${string}`>> = {
  webhooks: 'venuekit.purge_webhooks',
  reconciliations: 'venuekit.purge_reconciliations',
  orphanPayments: 'venuekit.purge_orphans',
  alerts: 'venuekit.purge_alerts',
  jobRuns: 'venuekit.purge_job_runs',
  messageErrors: 'venuekit.purge_message_errors',
}

/** How many of each were removed. */
export interface PurgeReport extends Record<string, unknown>, Record<keyof Retention, number> {
  /** Windows of counted calls that ended. */
  rates: number
  /** Changes of feeds that no live stream resumes from any more. */
  changes: number
}

/** Batch by batch, each of its own commit, so that it may end anywhere. */
const removeBatches = async (
  size: number,
  signal: AbortSignal | undefined,
  removeBatch: () => Promise<{ removed: number }>,
): Promise<number> => {
  let sum = 0
  for (let batches = 0; batches < maximumBatches && !signal?.aborted; batches += 1) {
    const { removed } = await removeBatch()
    sum += removed
    if (removed < size) break
  }
  return sum
}

const removeOld = ({ database, retention }: KitContext, kind: RowKind, signal: AbortSignal | undefined) =>
  removeBatches(batch, signal, () => database.call(purges[kind], { days: retention[kind], max_rows: batch }))

/** Removes what nobody asks for any more, and what the host does not want kept for longer. */
export const purge = async (context: KitContext, signal?: AbortSignal): Promise<PurgeReport> => ({
  rates: await removeBatches(rateBatch, signal, () =>
    context.database.call('venuekit.purge_rates', { max_rows: rateBatch }),
  ),
  changes: (await context.database.call('feed.purge_changes', {})).removed,
  webhooks: await removeOld(context, 'webhooks', signal),
  reconciliations: await removeOld(context, 'reconciliations', signal),
  orphanPayments: await removeOld(context, 'orphanPayments', signal),
  alerts: await removeOld(context, 'alerts', signal),
  jobRuns: await removeOld(context, 'jobRuns', signal),
  messageErrors: await removeOld(context, 'messageErrors', signal),
  orderOrigins: await clearOrigins(context, signal),
})
