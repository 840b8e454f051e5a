import type { Operations } from '@venuekit/core/contracts'
import { listJobs } from '../jobs/listJobs.ts'
import type { KitContext } from '../services/kitContext.ts'
import { toAlert } from './toAlert.ts'
import { toHealthParts } from './toHealthParts.ts'
import { toJob } from './toJob.ts'
import { toReasons } from './toReasons.ts'
import { toReconciliation } from './toReconciliation.ts'

/** What a person on call looks at first. It audits nothing: health is what `check-health` last found. */
export const getOperations = async (context: KitContext): Promise<Operations> => {
  const [stored, jobs] = await Promise.all([context.database.call('venuekit.read_operations', {}), listJobs(context)])
  const parts = toHealthParts(stored.health.parts, null)
  const facts = {
    timeZone: context.timeZone,
    health: { ...stored.health, parts, score: parts.reduce((score, { amount }) => score + amount, 0) },
    alerts: {
      openCount: stored.alerts.openCount,
      open: stored.alerts.open.map(toAlert),
      resolved: stored.alerts.resolved.map(toAlert),
    },
    jobs: jobs.map(toJob),
    inbox: stored.inbox,
    outbox: stored.outbox,
    refunds: stored.refunds,
    reconciliation: stored.reconciliation && toReconciliation(stored.reconciliation),
    places: stored.places,
  }
  const reasons = toReasons(facts)
  return { serverNow: stored.now, state: reasons.length === 0 ? 'well' : 'attention', reasons, ...facts }
}
