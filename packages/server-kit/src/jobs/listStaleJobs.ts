import type { KitContext } from '../services/kitContext.ts'
import { type JobStatus, listJobs } from './listJobs.ts'

/**
 * The jobs of which no run has ended well for too long. None where `check-health` itself is one of them: then nothing
 * ran at all and this is its first run again, as it is the others'; the next one judges.
 */
export const listStaleJobs = async (context: KitContext): Promise<JobStatus[]> => {
  const stale = (await listJobs(context)).filter(job => job.stale)
  return stale.some(({ job }) => job === 'check-health') ? [] : stale
}
