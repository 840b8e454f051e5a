import type { KitContext } from '../services/kitContext.ts'

/** Counts for the record; what a person reads in the job's run. */
export type JobReport = Record<string, unknown>

/** When a job is due: each period of seconds, or each day once the host's clock is past `HH:MM`. */
export type JobSchedule = { readonly everySeconds: number } | { readonly dailyAt: string }

export type Job = JobSchedule & {
  /** A run that is not over by then is told to end, and given up a minute later. 900 where it is left out. */
  readonly maximumSeconds?: number
  /** Ends early, in order, once the signal is aborted: what is left is for the next run. */
  run(context: KitContext, signal?: AbortSignal): Promise<JobReport>
}
