import type { KitContext } from '../services/kitContext.ts'
import type { JobReport, JobSchedule } from './job.ts'
import { isJobName, type JobName, jobs } from './jobs.ts'

/** `taken` is false where this slot was run already, here or on another node. */
export type JobRun = { job: JobName; taken: false } | { job: JobName; taken: true; slot: string; report: JobReport }

const slotRule = (schedule: JobSchedule, timeZone: string) =>
  'dailyAt' in schedule
    ? { every_seconds: null, daily_at: schedule.dailyAt, time_zone: timeZone }
    : { every_seconds: schedule.everySeconds, daily_at: null, time_zone: null }

/** Runs the job in its present slot unless somebody has; throws what the job threw, after recording it. */
export const runJob = async (context: KitContext, job: JobName, signal?: AbortSignal): Promise<JobRun> => {
  const { database, worker, log } = context
  const taken = await database.call('venuekit.take_job_slot', {
    job,
    worker,
    ...slotRule(jobs[job], context.timeZone),
  })
  if (!taken.taken) return { job, taken: false }
  const { slot } = taken
  try {
    const report = await jobs[job].run(context, signal)
    await database.call('venuekit.finish_job_slot', { job, slot, worker, failed: false, report })
    return { job, taken: true, slot, report }
  } catch (error) {
    // Cut off by a node that stops is no failure to wake anybody for; the next one goes on.
    if (!signal?.aborted) log.error('a job failed', { job, slot, error: String(error) })
    const report = { error: String(error) }
    await database.call('venuekit.finish_job_slot', { job, slot, worker, failed: true, report })
    throw error
  }
}

/** By a name from outside; null for a job that does not exist. */
export const runNamedJob = async (context: KitContext, name: string): Promise<JobRun | null> =>
  isJobName(name) ? runJob(context, name) : null
