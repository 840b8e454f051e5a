import type { Operations } from '@venuekit/core/contracts'

type Reasons = Operations['reasons']
type Facts = Omit<Operations, 'state' | 'reasons' | 'serverNow'>

/** What needs a person, the gravest first: money and tickets, then what nobody was told of, then what stands still. */
const countedReasons: readonly (readonly [string, (facts: Facts) => number])[] = [
  ['health', ({ health }) => health.eventsWithFaults],
  ['alerts', ({ alerts }) => alerts.openCount],
  ['refunds_to_review', ({ refunds }) => refunds.needReview],
  ['dead_webhooks', ({ inbox }) => inbox.dead],
  ['dead_messages', ({ outbox }) => outbox.dead],
  ['failed_jobs', ({ jobs }) => jobs.filter(job => job.result === 'failed').length],
  ['stale_jobs', ({ jobs }) => jobs.filter(job => job.stale).length],
  ['unchecked_events', ({ health }) => health.unchecked],
]

/** Empty where all is well. */
export const toReasons = (facts: Facts): Reasons =>
  countedReasons.map(([kind, count]) => ({ kind, amount: count(facts) })).filter(({ amount }) => amount > 0)
