import type { KitContext } from '../services/kitContext.ts'

/** A third of what the database waits before it thinks a worker dead. */
const touchMs = 40_000
/** What a run that was told to end is given for ending. */
const graceMs = 60_000

export interface HeldRun {
  job: string
  slot: string
  runId: string
  maximumSeconds: number
}

/** A promise that only ever rejects, and the way to forget it. */
const after = (milliseconds: number, act: () => void) => {
  const timer = setTimeout(act, milliseconds)
  return () => clearTimeout(timer)
}

/**
 * Does a run's work while saying that somebody is at it. The work's signal is aborted with the worker's own, where
 * another worker took the run over (this one was frozen), and at the run's maximum; rejects a minute after that.
 */
export const holdRun = async <Result>(
  { database, log }: KitContext,
  { job, slot, runId, maximumSeconds }: HeldRun,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> => {
  const ending = new AbortController()
  const signals = signal ? [signal, ending.signal] : [ending.signal]
  const touch = async (): Promise<void> => {
    const { outcome } = await database.call('venuekit.touch_job_run', { job, slot, run_id: runId })
    if (outcome === 'lost') ending.abort()
  }
  const beat = setInterval(() => {
    touch().catch((error: unknown) => log.warn('a job could not say that it is at work', { job, error: String(error) }))
  }, touchMs)
  const stopEnding = after(maximumSeconds * 1000, () => ending.abort())
  let giveUp = () => {}
  const overdue = new Promise<never>((_resolve, reject) => {
    const error = new Error(`it did not end within ${maximumSeconds} s; what it waits for may still come`)
    giveUp = after(maximumSeconds * 1000 + graceMs, () => reject(error))
  })
  try {
    return await Promise.race([work(AbortSignal.any(signals)), overdue])
  } finally {
    clearInterval(beat)
    stopEnding()
    giveUp()
  }
}
