import { hasFailed } from '../jobs/listJobs.ts'
import type { ListedJob } from '../ports/jobFunctions.ts'
import type { DatabaseMetrics } from '../ports/metricsFunctions.ts'
import type { MetricKey } from './metricTable.ts'
import type { Sample } from './writeMetric.ts'

const by = (label: string, counts: Readonly<Record<string, number>>): Sample[] =>
  Object.entries(counts).map(([name, value]) => ({ labels: { [label]: name }, value }))

const one = (value: number | null): Sample[] => [{ value: value ?? 0 }]

const ofJobs = (jobs: readonly ListedJob[], value: (job: ListedJob) => boolean | string | null | undefined): Sample[] =>
  jobs.flatMap(job => {
    const read = value(job)
    if (read === null || read === undefined) return []
    return [{ labels: { job: job.job }, value: typeof read === 'string' ? Date.parse(read) / 1000 : Number(read) }]
  })

const sum = (parts: Readonly<Record<string, number>>): number =>
  Object.values(parts).reduce((total, amount) => total + amount, 0)

/** How the numbers of the database become metrics. */
export const databaseSamples: Partial<Record<MetricKey, (read: DatabaseMetrics) => Sample[]>> = {
  inboxWaiting: ({ inbox }) => one(inbox.waiting),
  inboxOldest: ({ inbox }) => one(inbox.oldestSeconds),
  inboxDead: ({ inbox }) => one(inbox.dead),
  orphanPayments: ({ orphanPayments }) => by('state', orphanPayments),
  outboxWaiting: ({ outbox }) => one(outbox.waiting),
  outboxOldest: ({ outbox }) => one(outbox.oldestSeconds),
  outboxDead: ({ outbox }) => one(outbox.dead),
  refunds: ({ refunds }) => by('state', refunds),
  reservations: ({ reservations }) => by('state', { ...reservations }),
  healthScore: ({ health }) => one(sum(health)),
  healthParts: ({ health }) => by('part', health),
  alerts: ({ alerts }) => by('code', alerts),
  jobLastRun: ({ jobs }) => ofJobs(jobs, ({ lastRun }) => lastRun?.takenAt),
  jobLastSuccess: ({ jobs }) => ofJobs(jobs, ({ lastGoodAt }) => lastGoodAt),
  jobFailed: ({ jobs }) => ofJobs(jobs, ({ lastRun, underWay }) => lastRun && hasFailed({ lastRun, underWay })),
  jobUnderWay: ({ jobs }) => ofJobs(jobs, ({ underWay }) => underWay),
  jobStale: ({ jobs }) => ofJobs(jobs, ({ stale }) => stale),
}
