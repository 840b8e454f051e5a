import type { OperationsJob } from '@venuekit/core/contracts'
import type { JobStatus } from '../jobs/listJobs.ts'

const resultOf = ({ lastRun, underWay }: JobStatus): OperationsJob['result'] => {
  if (underWay) return 'running'
  if (!lastRun) return 'never'
  // A run without an end, and nobody at it: its process died.
  return lastRun.failed === false ? 'good' : 'failed'
}

const errorOf = ({ lastRun, underWay }: JobStatus): string | null => {
  if (!lastRun || underWay || lastRun.failed === false) return null
  const error = lastRun.report?.error
  return typeof error === 'string' ? error.slice(0, 500) : 'it did not end: its process died'
}

/** A job in the page's words. */
export const toJob = (status: JobStatus): OperationsJob => ({
  name: status.job,
  everySeconds: 'everySeconds' in status.schedule ? status.schedule.everySeconds : null,
  dailyAt: 'dailyAt' in status.schedule ? status.schedule.dailyAt : null,
  lastStartedAt: status.lastRun?.takenAt ?? null,
  lastFinishedAt: status.lastRun?.finishedAt ?? null,
  lastGoodAt: status.lastGoodAt,
  result: resultOf(status),
  error: errorOf(status),
  due: status.due,
  stale: status.stale,
})
