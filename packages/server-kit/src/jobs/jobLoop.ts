import type { KitContext } from '../services/kitContext.ts'
import { type JobName, jobNames } from './jobs.ts'
import { runJob } from './runJob.ts'

export interface JobLoop {
  /** Takes no new job, lets long ones end early; resolves when those under way have ended. */
  stop(): Promise<void>
}

export interface JobLoopOptions {
  /** How often "what is due?" is asked; 5 by default, give or take a fifth, so that workers do not march in step. */
  tickSeconds?: number
}

/** Any number of workers may run this: the slot in the database decides who runs a job. */
export const startJobLoop = (context: KitContext, { tickSeconds = 5 }: JobLoopOptions = {}): JobLoop => {
  const running = new Map<JobName, Promise<unknown>>()
  const stopping = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  const start = (job: JobName): void => {
    if (running.has(job)) return
    const run = runJob(context, job, { signal: stopping.signal })
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) context.log.error('a job could not run', { job, error: String(error) })
      })
      .finally(() => running.delete(job))
    running.set(job, run)
  }

  const tick = (): void => {
    if (stopping.signal.aborted) return
    for (const job of jobNames) start(job)
    timer = setTimeout(tick, tickSeconds * 1000 * (0.8 + Math.random() * 0.4))
  }

  tick()
  return {
    async stop() {
      stopping.abort()
      clearTimeout(timer)
      await Promise.all(running.values())
    },
  }
}
