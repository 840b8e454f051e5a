import type { SlotRefusal } from '../ports/jobFunctions.ts'
import { errorText } from '../services/errorText.ts'
import type { KitContext } from '../services/kitContext.ts'
import { holdRun } from './holdRun.ts'
import type { Job, JobReport } from './job.ts'
import { isJobName, type JobName, jobs } from './jobs.ts'
import { slotRule } from './slotRule.ts'

/** `taken` is false where it is not time, where this slot was run already, here or elsewhere, or while a run is under way. */
export type JobRun =
  | { job: JobName; taken: false; reason: SlotRefusal }
  | { job: JobName; taken: true; slot: string; report: JobReport }

export interface RunJobOptions {
  /** Beside the schedule, for a person who does not want to wait: uses no slot up. Not while a run is under way. */
  extra?: boolean
  /** Aborted, the run ends early, in order. */
  signal?: AbortSignal
}

const defaultMaximumSeconds = 900

interface Ending {
  failed: boolean
  report: JobReport
}

const record = async (
  { database, log }: KitContext,
  run: { job: string; slot: string; run_id: string },
  end: Ending,
) => {
  const { outcome } = await database.call('venuekit.finish_job_slot', { ...run, ...end })
  if (outcome === 'lost') log.warn('a job ended after another worker had taken it over', { ...run, ...end })
}

/** Runs the job in its present slot unless somebody has; throws what the job threw, after recording it. */
export const runJob = async (context: KitContext, name: JobName, options: RunJobOptions = {}): Promise<JobRun> => {
  const { database, worker, log } = context
  const { extra = false, signal } = options
  const job: Job = jobs[name]
  const taken = await database.call('venuekit.take_job_slot', {
    job: name,
    worker,
    ...slotRule(job, context.timeZone),
    extra,
  })
  if (!taken.taken) return { job: name, taken: false, reason: taken.reason }
  const { slot, runId } = taken
  const run = { job: name, slot, run_id: runId }
  const held = { job: name, slot, runId, maximumSeconds: job.maximumSeconds ?? defaultMaximumSeconds }
  let report: JobReport
  try {
    report = await holdRun(context, held, signal, aborted => job.run(context, aborted))
  } catch (error) {
    // Cut off by a node that stops is no failure to wake anybody for; the next one goes on.
    if (!signal?.aborted) log.error('a job failed', { job: name, slot, error: String(error) })
    const end = { failed: true, report: { error: errorText(error) } }
    // The database may be what failed: then the run stays open, and is taken up once its worker was silent for long.
    await record(context, run, end).catch((fault: unknown) =>
      log.error("a job's failure was not recorded", { job: name, slot, error: String(fault) }),
    )
    throw error
  }
  await record(context, run, { failed: false, report })
  return { job: name, taken: true, slot, report }
}

/** By a name from outside; null for a job that does not exist. */
export const runNamedJob = async (context: KitContext, name: string): Promise<JobRun | null> =>
  isJobName(name) ? runJob(context, name) : null
