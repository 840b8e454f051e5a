import type { GatewayDispute } from '../../src/ports/gatewayDispute.ts'
import { applySession, settlePaymentFailed } from '../../src/services/completion.ts'
import { importDispute } from '../../src/services/importDispute.ts'
import { importRefund } from '../../src/services/importRefund.ts'
import { toSessionSubject } from '../../src/services/sessionSubject.ts'
import type { Dice, Step } from './dice.ts'
import type { News, ScheduleStage } from './scheduleStage.ts'

type Hear = (stage: ScheduleStage, id: string) => Promise<unknown>

/** What the kit does about each kind of news: it fetches the object again and applies what it is now. */
const hearings: Record<News['kind'], Hear> = {
  async session(stage, id) {
    const session = await stage.context.gateway.getSession(id)
    const subject = toSessionSubject(session)
    if (subject) await applySession(stage.context, session, subject, { kind: 'webhook', reference: id })
  },
  async failed_payment(stage, id) {
    const subject = toSessionSubject(await stage.context.gateway.getSession(id))
    if (subject) await settlePaymentFailed(stage.context, subject)
  },
  refund: async (stage, id) => importRefund(stage.context, await stage.context.gateway.getRefund(id)),
  dispute: async (stage, id) => importDispute(stage.context, await stage.context.gateway.getDispute(id)),
}

export const hear = (stage: ScheduleStage, { kind, id }: News): Promise<unknown> => hearings[kind](stage, id)

/** Any news that waits, in any order; it may stay and come again. */
const deliver: Step = async (stage, dice) => {
  const news = dice.pick(stage.news)
  if (!news) return
  if (!dice.chance(3)) stage.news = stage.news.filter(other => other !== news)
  await hear(stage, news)
}

const deliverTwice: Step = async (stage, dice) => {
  const news = dice.pick(stage.news)
  if (news) await Promise.all([hear(stage, news), hear(stage, news)])
}

const drop: Step = async (stage, dice) => {
  const news = dice.pick(stage.news)
  stage.news = stage.news.filter(other => other !== news)
}

/** The return page, a replayed webhook, an impatient host: anything the gateway ever had, looked at again. */
const lookAgain: Step = async (stage, dice) => {
  const { sessions, refunds, disputes } = stage.gateway
  const all: News[] = [
    ...sessions.map(({ id }) => ({ kind: 'session' as const, id })),
    ...refunds.map(({ id }) => ({ kind: 'refund' as const, id })),
    ...disputes.map(({ id }) => ({ kind: 'dispute' as const, id })),
  ]
  const news = dice.pick(all)
  if (news) await hear(stage, news)
}

const settleDelayed: Step = async (stage, dice) => {
  const session = dice.pick(stage.gateway.sessions.filter(({ isUnderWay }) => isUnderWay))
  if (!session) return
  const succeeded = !dice.chance(2)
  stage.gateway.settle(session, succeeded)
  stage.news.push({ kind: succeeded ? 'session' : 'failed_payment', id: session.id })
}

const paid = ({ gateway }: ScheduleStage) => gateway.sessions.filter(({ paymentStatus }) => paymentStatus === 'paid')

const refundInDashboard: Step = async (stage, dice) => {
  const session = dice.pick(paid(stage))
  if (!session) return
  const amount = dice.chance(2) ? session.amountTotalMinor : 1 + dice.number(session.amountTotalMinor)
  const refund = stage.gateway.refund(session.paymentIntentId, amount, null)
  if (refund) stage.news.push({ kind: 'refund', id: refund.id })
}

/** A pending refund ends; one that had succeeded fails at the buyer's bank. */
const settleRefund: Step = async (stage, dice) => {
  const refund = dice.pick(stage.gateway.refunds.filter(({ status }) => status !== 'failed'))
  if (!refund) return
  refund.status = refund.status === 'pending' && !dice.chance(3) ? 'succeeded' : 'failed'
  stage.news.push({ kind: 'refund', id: refund.id })
}

const decide = (stage: ScheduleStage, dice: Dice, dispute: GatewayDispute): void => {
  dispute.status = dice.pick(['won', 'lost'] as const) ?? 'won'
  stage.news.push({ kind: 'dispute', id: dispute.id })
}

/** A bank asks, takes the money back, or decides. */
const dispute: Step = async (stage, dice) => {
  const { disputes } = stage.gateway
  const open = dice.pick(disputes.filter(({ status }) => status === 'needs_response'))
  if (open) {
    decide(stage, dice, open)
    return
  }
  const session = dice.pick(paid(stage))
  if (!session) return
  const id = `du_${disputes.length}`
  disputes.push({
    id,
    status: dice.chance(5) ? 'warning_needs_response' : 'needs_response',
    amountMinor: session.amountTotalMinor,
    currency: session.currency,
    paymentIntentId: session.paymentIntentId,
    chargeId: null,
    createdAt: 0,
    reason: null,
  })
  stage.news.push({ kind: 'dispute', id })
  const opened = disputes.at(-1)
  if (!opened || dice.chance(2)) return
  await hear(stage, { kind: 'dispute', id })
  if (dice.chance(2)) decide(stage, dice, opened)
}

const trouble: Step = async (stage, dice) => {
  stage.gateway.troubles.push(dice.pick(['no_answer', 'answer_lost'] as const) ?? 'no_answer')
}

/** Paid all the same after the session was over: the fence was told otherwise, and may have let the places go. */
const payAfterEnd: Step = async (stage, dice) => {
  const session = dice.pick(stage.gateway.sessions.filter(({ status }) => status === 'expired'))
  if (session && stage.gateway.payAfterEnd(session)) stage.news.push({ kind: 'session', id: session.id })
}

export const gatewaySteps = {
  payAfterEnd,
  deliver,
  deliverTwice,
  drop,
  lookAgain,
  settleDelayed,
  refundInDashboard,
  settleRefund,
  dispute,
  trouble,
}
