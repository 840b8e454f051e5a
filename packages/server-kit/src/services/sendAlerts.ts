import type { OwedAlert } from '../ports/alertFunctions.ts'
import { AlertSinkError } from '../ports/alertSinkError.ts'
import type { AlertSink } from '../ports/alerts.ts'
import { alertMessage } from './alertMessage.ts'
import { errorText } from './errorText.ts'
import type { KitContext } from './kitContext.ts'
import { maskPrivate } from './maskPrivate.ts'
import { untilAllEnded } from './untilAllEnded.ts'

/** So few that all of them time out within their lease: another worker must not send the same ones meanwhile. */
const batch = 5
const leaseSeconds = 120
const timeoutMs = 15_000
/** What a sink asks for beyond this is not believed. */
const longestWaitSeconds = 3600

/** Of one kind and news. */
type OneMessage = readonly [OwedAlert, ...OwedAlert[]]

export interface AlertReport extends Record<string, unknown> {
  /** Messages. */
  sent: number
  /** A sink did not take them: they wait, and are sent again. */
  failed: number
}

/** Ends after a while, whether or not the sink minds the signal. */
const sendInTime = async (sink: AlertSink, owed: OneMessage): Promise<void> => {
  const message = await alertMessage(owed)
  const signal = AbortSignal.timeout(timeoutMs)
  // A sink that throws at once rejects as well: nothing may fail before the race has begun.
  const sent = (async () => sink.send(message, signal))()
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new AlertSinkError('it did not answer in time')), { once: true })
  })
  await Promise.race([sent, late])
}

interface Failure {
  error: string
  is_down: boolean
  wait_seconds: number | null
}

const toFailure = (cause: unknown): Failure => {
  const known = cause instanceof AlertSinkError ? cause : null
  const asked = known?.retryAfterSeconds ?? null
  return {
    error: maskPrivate(errorText(cause instanceof Error ? cause.message : cause)).slice(0, 500),
    is_down: !known?.messageOnly,
    wait_seconds: Number.isFinite(asked) ? Math.min(Math.ceil(Number(asked)), longestWaitSeconds) : null,
  }
}

/** Null once the sink has it. */
const send = async (
  context: KitContext,
  sink: AlertSink,
  worker: string,
  owed: OneMessage,
): Promise<Failure | null> => {
  const [{ news, kind }] = owed
  const own = { sink: sink.name, worker }
  try {
    await sendInTime(sink, owed)
  } catch (cause) {
    const failure = toFailure(cause)
    context.log.error('an alert was not taken', { sink: sink.name, code: kind, news, error: failure.error })
    const fingerprints = owed.map(({ fingerprint }) => fingerprint)
    await context.database.call('venuekit.fail_alerts', { ...own, fingerprints, ...failure })
    return failure
  }
  const alerts = owed.map(({ fingerprint, episode, amount }) => ({ fingerprint, episode, amount }))
  await context.database.call('venuekit.finish_alerts', { ...own, news, alerts })
  return null
}

const toMessages = (alerts: readonly OwedAlert[]): OneMessage[] => {
  const messages = new Map<number, [OwedAlert, ...OwedAlert[]]>()
  for (const owed of alerts) {
    const known = messages.get(owed.message)
    if (known) known.push(owed)
    else messages.set(owed.message, [owed])
  }
  return [...messages.values()]
}

/** All that one sink is owed, what waited longest first, until it is down or the signal is aborted. */
const sendTo = async (context: KitContext, sink: AlertSink, signal?: AbortSignal): Promise<AlertReport> => {
  const report: AlertReport = { sent: 0, failed: 0 }
  const worker = `${context.worker}/${crypto.randomUUID()}`
  const { coolDownSeconds, remindSeconds, burstMessages } = context.alertTiming
  while (!signal?.aborted) {
    const { alerts } = await context.database.call('venuekit.take_alerts', {
      sink: sink.name,
      max_messages: batch,
      worker,
      lease_seconds: leaseSeconds,
      cool_down_seconds: coolDownSeconds,
      remind_seconds: remindSeconds,
      burst_messages: burstMessages,
    })
    const messages = toMessages(alerts)
    for (const owed of messages) {
      // The rest is sent again once its lease is over.
      if (signal?.aborted) return report
      const failure = await send(context, sink, worker, owed)
      if (failure === null) report.sent += 1
      else report.failed += 1
      if (failure?.is_down) return report
    }
    if (messages.length < batch) return report
  }
  return report
}

/** Tells every sink what it is owed, all at the same time: one that hangs keeps no other waiting. */
export const sendAlerts = async (context: KitContext, signal?: AbortSignal): Promise<AlertReport> => {
  const reports = await untilAllEnded(context.alertSinks.map(sink => sendTo(context, sink, signal)))
  return {
    sent: reports.reduce((sum, { sent }) => sum + sent, 0),
    failed: reports.reduce((sum, { failed }) => sum + failed, 0),
  }
}

/** The same in the background, sink by sink. The job sends what is lost here. */
export const sendSoon = (context: KitContext): void => {
  for (const sink of context.alertSinks) {
    void context.background.run(`send-alerts/${sink.name}`, () => sendTo(context, sink))
  }
}
