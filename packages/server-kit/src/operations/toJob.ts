import type { OperationsJob } from '@venuekit/core/contracts'
import { hasFailed, type JobStatus } from '../jobs/listJobs.ts'
import { maskPrivate } from '../services/maskPrivate.ts'

const resultOf = (status: JobStatus): OperationsJob['result'] => {
  if (status.underWay) return 'running'
  if (!status.lastRun) return 'never'
  return hasFailed(status) ? 'failed' : 'good'
}

/** Shown to whoever may read the page: an error may quote addresses and keys. */
const errorOf = (status: JobStatus): string | null => {
  if (!hasFailed(status)) return null
  const error = status.lastRun?.report?.error
  return typeof error === 'string' ? maskPrivate(error).slice(0, 500) : 'it did not end: its process died'
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
