import { hasFailed, type JobStatus, listJobs } from '../../jobs/listJobs.ts'
import { type Check, orWell, problem, some, type Verdict, warning } from '../check.ts'

const mend =
  'let a process run the jobs: venuekit serve, pg_cron, POST /jobs/:name or a scheduler with venuekit job run'

const judgeJobs = (jobs: readonly Pick<JobStatus, 'job' | 'stale' | 'underWay' | 'lastRun'>[]): Verdict[] => {
  const stale = jobs.filter(({ stale: old, underWay }) => old && !underWay)
  const never = stale.filter(({ lastRun }) => lastRun === null).map(({ job }) => job)
  const late = stale.filter(({ lastRun }) => lastRun !== null).map(({ job }) => job)
  const failed = jobs.filter(job => hasFailed(job) && !job.stale)
  const threw = failed.filter(({ lastRun }) => lastRun?.failed === true).map(({ job }) => job)
  const died = failed.filter(({ lastRun }) => lastRun?.failed !== true).map(({ job }) => job)
  const found: Verdict[] = []
  if (never.length > 0) found.push(problem(`Jobs never ran: ${some(never)}.`, mend))
  if (late.length > 0) found.push(problem(`Jobs are stale: ${some(late)}.`, mend))
  if (threw.length > 0) {
    found.push(warning(`The last run failed: ${some(threw)}.`, 'venuekit job list shows why; it is tried again'))
  }
  if (died.length > 0) {
    found.push(
      warning(`The last run has no end, its process died: ${some(died)}.`, 'see what ended it; it is tried again'),
    )
  }
  return orWell(found, `${jobs.length} jobs run as they should.`)
}

/** Whether anything runs the jobs. */
export const jobsCheck: Check = {
  name: 'jobs',
  examine: async ({ context }) => judgeJobs(await listJobs(context)),
}
