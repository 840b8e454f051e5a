import type { WatchFigures } from '../ports/alertFunctions.ts'
import type { AlertThresholds } from './alertThresholds.ts'
import type { KitContext } from './kitContext.ts'
import { settleAlerts, type WrongThing } from './settleAlerts.ts'

const minutes = (seconds: number): string => `${Math.floor(seconds / 60)} min`

type Watcher = (figures: WatchFigures, thresholds: AlertThresholds) => WrongThing[]

const silence: Watcher = ({ silence: { paid, ended, lastWebhookSeconds } }, { webhook_silence: threshold }) => {
  if (!threshold || (paid === 0 && ended < threshold.endedAtLeast)) return []
  const since = lastWebhookSeconds === null ? 'none ever came' : `the last one came ${minutes(lastWebhookSeconds)} ago`
  const summary = `${ended} checkouts ended (${paid} paid), no webhook since they began; ${since}`
  const fields = { endedCheckouts: ended, paidCheckouts: paid, lastWebhookSeconds }
  return [{ of: 'silence', alert: { code: 'webhook_silence', summary, fields } }]
}

const lag: Watcher = ({ inbox }, { webhook_lag: threshold }) => {
  const waited = inbox.oldestSeconds ?? 0
  const travelled = inbox.deliverySeconds ?? 0
  if (!threshold || Math.max(waited, travelled) < threshold.olderThanSeconds) return []
  const summary =
    waited >= travelled ? `the oldest has waited here for ${minutes(waited)}` : `they arrive ${minutes(travelled)} late`
  const fields = { waiting: inbox.waiting, waitingSeconds: waited, deliverySeconds: travelled }
  return [{ of: 'lag', alert: { code: 'webhook_lag', summary, fields } }]
}

const signatures: Watcher = (figures, { signature_failures: threshold }) =>
  figures.signatures.flatMap(({ gateway, failures }) => {
    if (!threshold || failures < threshold.atLeast) return []
    const summary = `${gateway}, in ${minutes(threshold.withinSeconds)}`
    const fields = { gateway, amount: failures }
    return [{ of: `signatures:${gateway}`, alert: { code: 'signature_failures', summary, fields } }]
  })

const queues: Watcher = (figures, { backlog: threshold }) =>
  (['inbox', 'outbox', 'refunds'] as const).flatMap(queue => {
    const { waiting, oldestSeconds } = figures[queue]
    const waited = oldestSeconds ?? 0
    if (!threshold || (waiting < threshold.atLeast && waited < threshold.olderThanSeconds)) return []
    const summary = `${queue}, ${waiting} wait, the oldest for ${minutes(waited)}`
    return [{ of: `backlog:${queue}`, alert: { code: 'backlog', summary, fields: { queue, waiting, waited } } }]
  })

/** The alerts themselves: told by the other sinks, and by this one once it is well. */
const sinks: Watcher = (figures, { backlog: threshold }) =>
  figures.sinks.flatMap(({ sink, waiting, refused, failingSeconds }) => {
    if (!threshold) return []
    const isDown = failingSeconds !== null && failingSeconds >= threshold.olderThanSeconds
    if (!isDown && refused === 0) return []
    const trouble = isDown ? `which has taken none for ${minutes(failingSeconds)}` : `which refuses ${refused} of them`
    const fields = { queue: 'alerts', sink, waiting, refused, failingSeconds }
    return [
      { of: `backlog:alerts:${sink}`, alert: { code: 'backlog', summary: `alerts to ${sink}, ${trouble}`, fields } },
    ]
  })

const watchers: readonly Watcher[] = [silence, lag, signatures, queues, sinks]

const staleJobs = async ({ staleJobs: read, alertThresholds }: KitContext): Promise<WrongThing[]> => {
  if (!alertThresholds.stale_jobs) return []
  return (await read()).map(({ job, lastGoodAt }) => ({
    of: `stale:${job}`,
    alert: {
      code: 'stale_jobs',
      summary: `${job}, ${lastGoodAt === null ? 'which has never ended well' : `which ended well last at ${lastGoodAt}`}`,
      fields: { job, lastGoodAt },
    },
  }))
}

/** Queues, webhooks, jobs and sinks: what can be wrong while every event is well. */
export const watchPlatform = async (context: KitContext): Promise<void> => {
  const { webhook_silence, signature_failures } = context.alertThresholds
  await context.signatureFailures.flush()
  const figures = await context.database.call('venuekit.read_watch', {
    silence_seconds: webhook_silence ? webhook_silence.afterSeconds : 0,
    signature_seconds: signature_failures ? signature_failures.withinSeconds : 0,
  })
  const wrong = watchers.flatMap(watch => watch(figures, context.alertThresholds))
  await settleAlerts(context, 'watch:', [...wrong, ...(await staleJobs(context))], figures.lookedAt)
}
