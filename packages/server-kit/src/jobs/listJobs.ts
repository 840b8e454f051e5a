import type { ListedJob } from '../ports/jobFunctions.ts'
import { alertRules } from '../services/alertRules.ts'
import type { KitContext } from '../services/kitContext.ts'
import type { JobSchedule } from './job.ts'
import { type JobName, jobNames, jobs } from './jobs.ts'

/** A job's schedule, and how it stands. Times are ISO, by the database's clock. */
export interface JobStatus extends Omit<ListedJob, 'job'> {
  job: JobName
  schedule: JobSchedule
  /** How long no run may have ended well before the job counts as stale. */
  staleSeconds: number
}

/** Its last run ended with an error, or without an end and nobody at it: then its process died. */
export const hasFailed = ({ lastRun, underWay }: Pick<JobStatus, 'lastRun' | 'underWay'>): boolean =>
  lastRun !== null && !underWay && lastRun.failed !== false

/** The longest day has 25 hours; then the run's own time, and one try again after a failure. */
const staleDaySeconds = 27 * 3600
const leastStaleSeconds = 600

const staleSecondsOf = (schedule: JobSchedule, periods: number): number =>
  'dailyAt' in schedule ? staleDaySeconds : Math.max(periods * schedule.everySeconds, leastStaleSeconds)

const scheduleOf = (name: JobName): JobSchedule => {
  const job = jobs[name]
  return 'dailyAt' in job ? { dailyAt: job.dailyAt } : { everySeconds: job.everySeconds }
}

/** Every job as SQL is asked about it. */
export const jobRules = ({ timeZone, alertThresholds }: KitContext) => {
  const { periods } = alertThresholds.stale_jobs || alertRules.stale_jobs.threshold
  return jobNames.map(job => {
    const schedule = scheduleOf(job)
    const zone = 'dailyAt' in schedule ? { timeZone } : {}
    return { job, ...schedule, ...zone, staleSeconds: staleSecondsOf(schedule, periods) }
  })
}

/** Every job with its last run, in the order of the table. Changes nothing. */
export const listJobs = async (context: KitContext): Promise<JobStatus[]> => {
  const { database } = context
  const rules = jobRules(context)
  const listed = await database.call('venuekit.list_jobs', { jobs: rules })
  const byName = new Map(listed.jobs.map(job => [job.job, job]))
  return rules.flatMap(({ job, staleSeconds }) => {
    const found = byName.get(job)
    return found ? [{ ...found, job, schedule: scheduleOf(job), staleSeconds }] : []
  })
}
