import { sendAlerts } from '../../src/services/sendAlerts.ts'
import { throwDice } from './dice.ts'
import { hear } from './gatewaySteps.ts'
import { hostSteps } from './hostSteps.ts'
import type { ScheduleStage } from './scheduleStage.ts'

const rounds = 6
const halfDay = 12 * 3600_000

/** Everything at the gateway ends: banks decide, delayed payments come. Then it is all told. */
const endAtGateway = async (stage: ScheduleStage): Promise<void> => {
  const { sessions, refunds, disputes } = stage.gateway
  for (const dispute of disputes) if (dispute.status === 'needs_response') dispute.status = 'won'
  for (const session of sessions) stage.gateway.settle(session, true)
  for (const refund of refunds) if (refund.status === 'pending') refund.status = 'succeeded'
  for (const { id, status } of [...sessions]) if (status === 'complete') await hear(stage, { kind: 'session', id })
  for (const { id, hasFailed } of [...sessions]) if (hasFailed) await hear(stage, { kind: 'failed_payment', id })
  for (const { id } of [...refunds]) await hear(stage, { kind: 'refund', id })
  for (const { id } of [...disputes]) await hear(stage, { kind: 'dispute', id })
}

/** What must be over once nothing disturbs any more. Each row is a thing that still waits. */
const unfinished = `
select 'order ' || order_id || ' is ' || status as rest from ticketing.orders
where status in ('reserved', 'expiring', 'payment_pending')
union all
select 'attempt ' || attempt_id || ' is ' || status from ticketing.attempts where status <> 'closed'
union all
select 'refund ' || refund_id || ' is ' || status from ticketing.refunds
where status in ('requested', 'unknown', 'pending') or (status = 'needs_review' and finished_at is null)
union all
select 'message ' || kind || ' of ' || order_id || ' is ' || status from venuekit.outbox where status <> 'sent'
union all
select 'alert ' || fingerprint || ' is not sent' from venuekit.alert_deliveries where told is null
union all
select 'ticket ' || ticket_id || ' is blocked' from ticketing.tickets where status = 'blocked'
union all
select 'payment ' || payment_id || ' is ' || status || ' and nothing says why' from ticketing.payments p
where kind = 'gateway' and status in ('refund_due', 'surplus') and refunded_minor < amount_minor and not exists (
  select from ticketing.refunds r where r.event_id = p.event_id and r.order_id = p.order_id
    and r.payment_id = p.payment_id and r.status in ('failed', 'cancelled', 'needs_review')
) and not exists (
  select from ticketing.disputes d where d.event_id = p.event_id and d.payment_id = p.payment_id and d.state = 'lost')`

interface PaymentRow {
  intent: string
  refunded: number
  amount: number
}

/** Both books, side by side: money that came in, money that went back. */
const compareBooks = async (stage: ScheduleStage): Promise<string[]> => {
  const rows = await stage.query<PaymentRow>(
    `select payment_intent_id as intent, refunded_minor::int as refunded, amount_minor::int as amount
     from ticketing.payments where kind = 'gateway'`,
  )
  const known = new Map(rows.map(row => [row.intent, row]))
  const faults: string[] = []
  for (const { paymentIntentId, paymentStatus, amountTotalMinor } of stage.gateway.sessions) {
    if (paymentStatus !== 'paid') continue
    const ours = known.get(paymentIntentId)
    if (ours?.amount !== amountTotalMinor) faults.push(`${paymentIntentId} is paid, we have ${JSON.stringify(ours)}`)
    const refunded = stage.gateway.refunds
      .filter(refund => refund.paymentIntentId === paymentIntentId && refund.status === 'succeeded')
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0)
    if (ours && ours.refunded !== refunded)
      faults.push(`${paymentIntentId}: ${refunded} refunded, we say ${ours.refunded}`)
  }
  if (rows.length !== stage.gateway.sessions.filter(({ paymentStatus }) => paymentStatus === 'paid').length) {
    faults.push('there are payments that the gateway does not have')
  }
  return faults
}

/** Faults stop, the clock runs on: throws what never comes to its end. */
export const settleSchedule = async (stage: ScheduleStage): Promise<void> => {
  const dice = throwDice([0])
  stage.gateway.troubles.length = 0
  for (let round = 0; round < rounds; round += 1) {
    await stage.clock.advance(halfDay)
    await hostSteps.callOff(stage, dice)
    await hostSteps.expire(stage, dice)
    await hostSteps.sendMoney(stage, dice)
    await endAtGateway(stage)
    await hostSteps.sendMails(stage, dice)
    await sendAlerts(stage.context)
    await stage.watch.check()
    if ((await stage.query(unfinished)).length === 0) break
  }
  const left = (await stage.query<{ rest: string }>(unfinished)).map(({ rest }) => rest)
  left.push(...(await compareBooks(stage)))
  if (left.length > 0) throw new Error(`it never came to its end:\n${left.join('\n')}`)
}
