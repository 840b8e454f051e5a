import { deliverMessages } from './deliverMessages.ts'
import { expireEvent, newExpiryReport } from './expireEvent.ts'
import { forEachEvent } from './forEachEvent.ts'
import type { KitContext } from './kitContext.ts'
import { sendSoon } from './sendAlerts.ts'
import { sendRefunds } from './sendRefunds.ts'

const maximumEvents = 20
const ordersAtOnce = 200

export interface CallOffReport extends Record<string, unknown> {
  held: number
  calledOff: number
  /** Orders paid outside the gateway, whose money somebody must give back: the database has raised an alert. */
  byHand: number
}

const callOffEvent = async (
  context: KitContext,
  eventId: string,
  report: CallOffReport,
  signal: AbortSignal | undefined,
): Promise<void> => {
  while (!signal?.aborted) {
    const { held, calledOff, byHand } = await context.database.call('ticketing.call_off_orders', {
      event_id: eventId,
      max_orders: ordersAtOnce,
      tell: context.alertThresholds.refunds_by_hand !== false,
    })
    report.held += held
    report.calledOff += calledOff
    report.byHand += byHand
    if (held + calledOff === 0) break
  }
  await expireEvent(context, eventId, newExpiryReport(), signal)
}

/** Every order that a cancelled show still has, batch by batch: each commits, so a run may end anywhere. */
export const callOffEvents = async (context: KitContext, signal?: AbortSignal): Promise<CallOffReport> => {
  const report: CallOffReport = { held: 0, calledOff: 0, byHand: 0 }
  const { eventIds } = await context.database.call('ticketing.events_to_call_off', { max_events: maximumEvents })
  try {
    await forEachEvent(context, eventIds, signal, eventId => callOffEvent(context, eventId, report, signal))
  } finally {
    if (report.byHand > 0) sendSoon(context)
    if (report.calledOff > 0 && !signal?.aborted) {
      void context.background.run('send-refunds', () => sendRefunds(context, signal))
      void context.background.run('deliver-messages', () => deliverMessages(context, signal))
    }
  }
  return report
}
