import { completeFreeOrder } from '../../src/services/completion.ts'
import { endAttempt } from '../../src/services/fence.ts'
import { openCheckout } from '../../src/services/openCheckout.ts'
import { replaceAttempt } from '../../src/services/replaceAttempt.ts'
import type { Step } from './dice.ts'
import { hear } from './gatewaySteps.ts'
import type { ScheduleStage } from './scheduleStage.ts'

/** Everybody is Ada: few enough for hoarding to be refused now and then. */
const maxHolds = 2
const buyer = { name: 'Ada', email: 'ada@example.com' }

const show = (stage: ScheduleStage, orderId: string) =>
  stage.database.call('ticketing.get_order', { event_id: stage.eventId, order_id: orderId })

/** Some of the tiers, in any order, two of them in one pool. */
const reserve: Step = async (stage, dice) => {
  const repeated = dice.chance(6) ? dice.pick(stage.orders) : undefined
  const tiers = dice.chance(3) ? [1, 0] : [dice.number(3)]
  const items =
    repeated?.items ?? tiers.map(tier => ({ tierId: stage.tierIds[tier] ?? '', quantity: 1 + dice.number(2) }))
  const orderId = crypto.randomUUID()
  const clientKey = repeated?.clientKey ?? orderId
  const answer = await stage.database.call('ticketing.reserve_order', {
    event_id: stage.eventId,
    order_id: orderId,
    venue_id: stage.venueId,
    client_key: clientKey,
    request_hash: 'one hash',
    items,
    buyer,
    return_url: 'https://venue.example/tickets',
    locale: null,
    expected_total_minor: null,
    origin: null,
    max_holds: maxHolds,
  })
  if (answer.outcome !== 'reserved' || answer.replayed) return
  stage.orders.push({ orderId: answer.order.id, clientKey, items, event: answer.event })
}

/** Opens the checkout, or goes on where it stopped; any part of it may be lost. */
const checkout: Step = async (stage, dice) => {
  const placed = dice.pick(stage.orders)
  const found = placed && (await show(stage, placed.orderId))
  if (found?.outcome !== 'found' || found.order.status !== 'reserved') return
  if (found.order.total.amountMinor === 0) {
    await completeFreeOrder(stage.context, found.order)
    return
  }
  await openCheckout(stage.context, {
    order: found.order,
    orderToken: 'token',
    event: found.event,
    returnUrl: 'https://venue.example/tickets',
    locale: null,
    ui: 'redirect',
  })
}

/** Bought in one go, so that schedules get to what comes after. */
const buy: Step = async (stage, dice) => {
  const before = stage.orders.length
  await reserve(stage, dice)
  const placed = stage.orders[before]
  if (!placed) return
  await checkout({ ...stage, orders: [placed] }, dice)
  const session = stage.gateway.sessions.findLast(({ orderId }) => orderId === placed.orderId)
  if (!session || !stage.gateway.pay(session, false)) return
  const news = { kind: 'session', id: session.id } as const
  stage.news.push(news)
  if (!dice.chance(3)) await hear(stage, news)
}

const cancel: Step = async (stage, dice) => {
  const placed = dice.pick(stage.orders)
  if (!placed) return
  const answer = await stage.database.call('ticketing.cancel_order', {
    event_id: stage.eventId,
    order_id: placed.orderId,
    reason: 'buyer',
  })
  if (answer.outcome === 'not_found') throw new Error('the order is gone')
  if (answer.outcome === 'not_cancellable') return
  for (const attempt of answer.attempts) await endAttempt(stage.context, attempt, { kind: 'return' })
}

const extend: Step = async (stage, dice) => {
  const placed = dice.pick(stage.orders)
  if (!placed) return
  const answer = await stage.database.call('ticketing.begin_extension', {
    event_id: stage.eventId,
    order_id: placed.orderId,
    attempt_id: crypto.randomUUID(),
  })
  if (answer.outcome !== 'begun') return
  for (const attempt of answer.attempts) await replaceAttempt(stage.context, attempt)
  await checkout({ ...stage, orders: [placed] }, dice)
}

/** The gateway's page: paid at once, paid by a delayed method; open sessions of orders long ended among them. */
const pay: Step = async (stage, dice) => {
  const session = dice.pick(stage.gateway.sessions.filter(({ status }) => status === 'open'))
  if (session && stage.gateway.pay(session, dice.chance(4))) stage.news.push({ kind: 'session', id: session.id })
}

const claimPurchase: Step = async (stage, dice) => {
  const placed = dice.pick(stage.orders)
  if (placed) {
    await stage.database.call('ticketing.claim_purchase', { event_id: stage.eventId, order_id: placed.orderId })
  }
}

export const buyerSteps = { reserve, checkout, buy, cancel, extend, pay, claimPurchase }
