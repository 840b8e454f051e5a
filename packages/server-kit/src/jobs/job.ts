import type { KitContext } from '../services/kitContext.ts'

/** Counts for the record; what a person reads in the job's run. */
export type JobReport = Record<string, unknown>

export interface Job {
  readonly everySeconds: number
  run(context: KitContext): Promise<JobReport>
}
