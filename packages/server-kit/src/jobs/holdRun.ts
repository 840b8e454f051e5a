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

/** Acts later; answers the way to forget it. */
const after = (milliseconds: number, act: () => void) => {
  const timer = setTimeout(act, milliseconds)
  return () => clearTimeout(timer)
}

const tooLong = 'the maximum is over'

/** `over` rejects a minute after the run was told to end. */
const graceOf = (end: AbortSignal, maximumSeconds: number) => {
  let forget = () => {}
  const over = new Promise<never>((_resolve, reject) => {
    const wait = (): void => {
      const within = end.reason === tooLong ? `within ${maximumSeconds} s` : 'when it was told to'
      const error = new Error(`it did not end ${within}; what it waits for may still come`)
      forget = after(graceMs, () => reject(error))
    }
    forget = () => end.removeEventListener('abort', wait)
    if (end.aborted) wait()
    else end.addEventListener('abort', wait, { once: true })
  })
  return { over, forget: () => forget() }
}

/**
 * Does a run's work while saying that somebody is at it. The work's signal is aborted with the worker's own, where
 * another worker took the run over (this one was frozen), and at the run's maximum; rejects a minute after any of these.
 */
export const holdRun = async <Result>(
  { database, log }: KitContext,
  { job, slot, runId, maximumSeconds }: HeldRun,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> => {
  const ending = new AbortController()
  const end = AbortSignal.any(signal ? [signal, ending.signal] : [ending.signal])
  const touch = async (): Promise<void> => {
    const { outcome } = await database.call('venuekit.touch_job_run', { job, slot, run_id: runId })
    if (outcome === 'lost') ending.abort()
  }
  const beat = setInterval(() => {
    touch().catch((error: unknown) => log.warn('a job could not say that it is at work', { job, error: String(error) }))
  }, touchMs)
  const stopEnding = after(maximumSeconds * 1000, () => ending.abort(tooLong))
  const grace = graceOf(end, maximumSeconds)
  try {
    return await Promise.race([work(end), grace.over])
  } finally {
    clearInterval(beat)
    stopEnding()
    grace.forget()
  }
}
