import { GatewayError } from '../ports/gatewayError.ts'
import type { StoredReconciliation } from '../ports/reconciliationFunctions.ts'
import { delay } from '../services/delay.ts'
import type { KitContext } from '../services/kitContext.ts'
import { createPacer } from './pacer.ts'
import { emptyReport, type ReconciliationReport, type StepName, stepNames } from './reconciliationReport.ts'
import type { ReconciliationRun } from './reconciliationRun.ts'
import { type RecordedPage, recordVerdicts } from './recordVerdicts.ts'
import { steps } from './steps.ts'

export interface ReconcileOptions {
  /** Dates or ISO, both included and given together. Without them: since the last run, and two days before it. */
  from?: Date | string
  until?: Date | string
  /** How far a run without a window reaches back behind the last one. Default 48 hours. */
  overlapSeconds?: number
  /** Requests to the gateway. Default 10. */
  requestsPerSecond?: number
  /** Told after each page. */
  onProgress?: (progress: { step: StepName; report: ReconciliationReport }) => void
  /** Aborted, the run ends behind the page at work, as `left`; the next run of this window goes on there. */
  signal?: AbortSignal
  /** Default `setTimeout`. */
  sleep?: (milliseconds: number) => Promise<void>
  /** Milliseconds of a clock that only moves forward. Default `performance.now`. */
  now?: () => number
}

/** How a run ended. `left`: by its signal, before its end. `busy`: another worker is at the same one. */
export type ReconciliationResult =
  | { outcome: 'finished' | 'left'; runId: string; resumed: boolean; report: ReconciliationReport }
  | { outcome: 'busy' }

const dayAndNightTwice = 48 * 3600
const defaultRate = 10
/** A gateway that stays away for longer ends the run; the next one goes on where it stood. */
const patienceMs = [1000, 2000, 5000, 10_000, 30_000] as const

const toIso = (moment: Date | string | undefined, name: string): string | null => {
  if (moment === undefined) return null
  const time = new Date(moment)
  if (Number.isNaN(time.getTime())) throw new RangeError(`${name} is no time: ${String(moment)}`)
  return time.toISOString()
}

const readWindow = ({ from, until }: ReconcileOptions) => {
  const window = { window_from: toIso(from, 'from'), window_until: toIso(until, 'until') }
  if ((window.window_from === null) !== (window.window_until === null)) {
    throw new RangeError('a window has both ends: give from and until, or neither')
  }
  if (window.window_from !== null && window.window_until !== null && window.window_from > window.window_until) {
    throw new RangeError('a window runs forward: from must not lie after until')
  }
  return window
}

const reportOf = (stored: StoredReconciliation): ReconciliationReport =>
  stored.step === null ? emptyReport(stored) : (stored.report as ReconciliationReport)

/** The steps that are left, the first of them from the middle on. */
const remaining = (stored: StoredReconciliation): { name: StepName; cursor: string | null }[] => {
  const begun = stepNames.indexOf(stored.step as StepName)
  return stepNames
    .slice(Math.max(0, begun))
    .map(name => ({ name, cursor: name === stored.step ? stored.cursor : null }))
}

interface Work {
  /** Of this run alone: two in one process are two. */
  worker: string
  run: ReconciliationRun
  report: ReconciliationReport
  sleep: (milliseconds: number) => Promise<void>
  onProgress: ReconcileOptions['onProgress']
  signal: AbortSignal | undefined
}

const save = async ({ run, report, worker }: Work, step: StepName, cursor: string | null, page: RecordedPage) => {
  const { outcome } = await run.context.database.call('venuekit.save_reconciliation', {
    run_id: run.runId,
    worker,
    step,
    cursor,
    report: { ...report },
    ...page,
  })
  if (outcome === 'lost') throw new Error(`reconciliation ${run.runId} was taken over by another worker`)
}

/**
 * Goes through one comparison; while the gateway is away it waits and goes on behind the last page that was saved.
 * Answers early, behind a saved page, where the run shall end.
 */
const walk = async (work: Work, name: StepName, from: string | null): Promise<void> => {
  let cursor = from
  let failures = 0
  for (;;) {
    try {
      for await (const page of steps[name](work.run, cursor)) {
        const recorded = await recordVerdicts(work.run, work.report, name, page.comparisons)
        await save(work, name, page.cursor, recorded)
        cursor = page.cursor
        failures = 0
        work.onProgress?.({ step: name, report: work.report })
        if (work.signal?.aborted) return
      }
      return
    } catch (error) {
      const wait = patienceMs[failures]
      if (!(error instanceof GatewayError) || error.kind !== 'unavailable' || wait === undefined) throw error
      if (work.signal?.aborted) return
      work.run.context.log.warn('reconciliation waits for the gateway', {
        step: name,
        waitMs: wait,
        error: error.message,
      })
      failures += 1
      await work.sleep(wait)
    }
  }
}

/**
 * Compares both books, ours and the gateway's, and mends what we missed through the functions that webhooks use; what
 * the gateway does not confirm is flagged and never changed. Saved page by page: a run that was cut off is taken up
 * by the next. Throws `GatewayError` where the gateway stays away, `RangeError` for a window that is none.
 */
export const reconcile = async (context: KitContext, options: ReconcileOptions = {}): Promise<ReconciliationResult> => {
  const { sleep = delay, now = () => performance.now(), requestsPerSecond = defaultRate } = options
  const window = readWindow(options)
  const worker = `${context.worker}/${crypto.randomUUID()}`
  const pace = createPacer({ requestsPerSecond, now, sleep })
  const begun = await context.database.call('venuekit.begin_reconciliation', {
    run_id: crypto.randomUUID(),
    account: context.gateway.account,
    worker,
    ...window,
    overlap_seconds: options.overlapSeconds ?? dayAndNightTwice,
  })
  if (begun.outcome === 'busy') return { outcome: 'busy' }
  const { runId, from, until, startedAt } = begun.run
  const report = reportOf(begun.run)
  const work: Work = {
    worker,
    run: { context, runId, from, until, startedAt, pace },
    report,
    sleep,
    onProgress: options.onProgress,
    signal: options.signal,
  }
  const resumed = begun.outcome === 'resumed'
  const leave = () => context.database.call('venuekit.leave_reconciliation', { run_id: runId, worker })
  try {
    for (const { name, cursor } of remaining(begun.run)) {
      if (!options.signal?.aborted) await walk(work, name, cursor)
    }
  } catch (error) {
    await leave()
    throw error
  }
  if (options.signal?.aborted) {
    await leave()
    return { outcome: 'left', runId, resumed, report }
  }
  const { outcome } = await context.database.call('venuekit.finish_reconciliation', {
    run_id: runId,
    worker,
    report: { ...report },
  })
  if (outcome === 'lost') throw new Error(`reconciliation ${runId} was taken over by another worker`)
  return { outcome: 'finished', runId, resumed, report }
}
