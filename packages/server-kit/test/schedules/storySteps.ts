import { buyerSteps } from './buyerSteps.ts'
import type { Dice, Step } from './dice.ts'
import { gatewaySteps, hear } from './gatewaySteps.ts'
import { hostSteps } from './hostSteps.ts'
import type { News, ScheduleStage } from './scheduleStage.ts'

// Paths of several steps that chance alone takes too seldom; each of their parts may still be lost or come late.

const pastHold = 40 * 60_000
/** Enough for an extension to be worth its session. */
const someMinutes = 10 * 60_000

const tell = async (stage: ScheduleStage, dice: Dice, news: News): Promise<void> => {
  stage.news.push(news)
  if (!dice.chance(4)) await hear(stage, news)
}

/** A cart of its own with a session that waits for its buyer; null where there was no room. */
const openSession = async (stage: ScheduleStage, dice: Dice) => {
  const before = stage.orders.length
  await buyerSteps.reserve(stage, dice)
  const placed = stage.orders[before]
  if (!placed) return null
  const alone = { ...stage, orders: [placed] }
  await buyerSteps.checkout(alone, dice)
  const session = stage.gateway.sessions.findLast(({ orderId }) => orderId === placed.orderId)
  return session ? { session, alone } : null
}

/** Paid although the hold is over and its places may be somebody else's. */
const buyLate: Step = async (stage, dice) => {
  const opened = await openSession(stage, dice)
  if (!opened) return
  await stage.clock.advance(pastHold)
  await hostSteps.expire(stage, dice)
  for (let others = dice.number(3); others > 0; others -= 1) await buyerSteps.buy(stage, dice)
  if (stage.gateway.payAfterEnd(opened.session)) await tell(stage, dice, { kind: 'session', id: opened.session.id })
}

/** Two tabs: the hold is extended, and both of its sessions are paid. */
const buyTwice: Step = async (stage, dice) => {
  const opened = await openSession(stage, dice)
  if (!opened) return
  await stage.clock.advance(someMinutes)
  await buyerSteps.extend(opened.alone, dice)
  for (const session of stage.gateway.sessions.filter(({ orderId }) => orderId === opened.session.orderId)) {
    if (stage.gateway.pay(session, false) || stage.gateway.payAfterEnd(session)) {
      await tell(stage, dice, { kind: 'session', id: session.id })
    }
  }
}

/** By a method whose money comes later, or never. */
const buyDelayed: Step = async (stage, dice) => {
  const opened = await openSession(stage, dice)
  if (opened && stage.gateway.pay(opened.session, true)) {
    await tell(stage, dice, { kind: 'session', id: opened.session.id })
  }
}

/** The show is cancelled while a delayed payment is under way, which then succeeds more often than not. */
const cancelDelayed: Step = async (stage, dice) => {
  const opened = await openSession(stage, dice)
  if (!opened || !stage.gateway.pay(opened.session, true)) return
  const { id } = opened.session
  await tell(stage, dice, { kind: 'session', id })
  await hostSteps.cancelShow(stage, dice)
  await hostSteps.callOff(stage, dice)
  const succeeded = !dice.chance(4)
  stage.gateway.settle(opened.session, succeeded)
  await tell(stage, dice, { kind: succeeded ? 'session' : 'failed_payment', id })
}

/** Another amount than the order's, under a session of its own. */
const buyAmiss: Step = async (stage, dice) => {
  const opened = await openSession(stage, dice)
  if (!opened || !stage.gateway.pay(opened.session, false)) return
  opened.session.amountTotalMinor += 1
  await tell(stage, dice, { kind: 'session', id: opened.session.id })
  if (!dice.chance(3)) await hostSteps.review(stage, dice)
}

/** Nobody knows whether the gateway got it. */
const refundUnheard: Step = async (stage, dice) => {
  await hostSteps.refund(stage, dice)
  await gatewaySteps.trouble(stage, dice)
  await hostSteps.sendMoney(stage, dice)
}

/** The bank sends a refund back; the dashboard tries once more. What happened first may be heard last. */
const refundAgain: Step = async (stage, dice) => {
  await gatewaySteps.refundInDashboard(stage, dice)
  const first = stage.gateway.refunds.at(-1)
  if (first?.status !== 'succeeded') return
  await hear(stage, { kind: 'refund', id: first.id })
  first.status = 'failed'
  const second = stage.gateway.refund(first.paymentIntentId, 1 + dice.number(first.amountMinor), null)
  if (second) await tell(stage, dice, { kind: 'refund', id: second.id })
  await tell(stage, dice, { kind: 'refund', id: first.id })
}

export const storySteps = { buyLate, buyTwice, buyDelayed, cancelDelayed, buyAmiss, refundUnheard, refundAgain }
