import { callOffEvents } from '../../src/services/callOffEvents.ts'
import { deliverMessages } from '../../src/services/deliverMessages.ts'
import { expireEvent, newExpiryReport } from '../../src/services/expireEvent.ts'
import { reviewOrder } from '../../src/services/reviewOrder.ts'
import { sendRefunds } from '../../src/services/sendRefunds.ts'
import type { Step } from './dice.ts'

const actor = 'Ida'

const expire: Step = async stage => {
  await expireEvent(stage.context, stage.eventId, newExpiryReport())
}

const sendMoney: Step = async stage => {
  await sendRefunds(stage.context)
}

const sendMails: Step = async stage => {
  await deliverMessages(stage.context)
}

/** Of the whole, of a sum, or of tickets. */
const refund: Step = async (stage, dice) => {
  const placed = dice.pick(stage.orders)
  if (!placed) return
  const found = await stage.database.call('ticketing.get_order', { event_id: stage.eventId, order_id: placed.orderId })
  if (found.outcome !== 'found') return
  const way = dice.number(3)
  const ticket = dice.pick(found.order.tickets)
  await stage.database.call('ticketing.request_refund', {
    event_id: stage.eventId,
    order_id: placed.orderId,
    refund_id: crypto.randomUUID(),
    payment_id: null,
    amount_minor: way === 1 ? 1 + dice.number(1200) : null,
    ticket_ids: way === 2 && ticket ? [ticket.id] : null,
    actor,
    reason: null,
  })
}

const review: Step = async (stage, dice) => {
  const [order] = await stage.query<{ id: string }>(
    "select order_id as id from ticketing.orders where status = 'needs_review' order by created_at limit 1",
  )
  if (!order) return
  const decision = dice.chance(2) ? 'fulfil' : 'refund'
  await reviewOrder(stage.context, { eventId: stage.eventId, orderId: order.id }, { decision, actor })
}

/** A gift, or a sale at the door for cash. */
const house: Step = async (stage, dice) => {
  const orderId = crypto.randomUUID()
  const tier = dice.number(2)
  const kind = dice.chance(2) ? 'door' : 'comp'
  const answer = await stage.database.call('ticketing.create_house_order', {
    event_id: stage.eventId,
    order_id: orderId,
    kind,
    client_key: orderId,
    request_hash: 'h',
    items: [{ tierId: stage.tierIds[tier] ?? '', quantity: 1 }],
    buyer: { name: 'Guest', email: 'guest@example.com' },
    payment:
      kind === 'comp'
        ? null
        : {
            kind: 'external',
            paymentId: crypto.randomUUID(),
            amountMinor: [1001, 700][tier] ?? 0,
            currency: 'USD',
            method: 'cash',
            reference: null,
          },
    source: { kind, actor },
  })
  if (answer.outcome !== 'issued') return
  stage.orders.push({
    orderId,
    clientKey: orderId,
    items: [],
    event: { name: 'Late Set', delayedPayments: true },
  })
}

const setCapacity: Step = async (stage, dice) => {
  const capacity = dice.number(7)
  const own = { event_id: stage.eventId, capacity, actor }
  if (dice.chance(3)) await stage.database.call('ticketing.set_pool_capacity', { ...own, pool_id: stage.poolId })
  else {
    const tierId = dice.pick(stage.tierIds) ?? ''
    await stage.database.call('ticketing.set_tier_capacity', { ...own, tier_id: tierId })
  }
}

const pause: Step = async (stage, dice) => {
  await stage.database.call('ticketing.pause_event', { event_id: stage.eventId, paused: dice.chance(2), actor })
}

const cancelShow: Step = async stage => {
  await stage.database.call('ticketing.cancel_event', { event_id: stage.eventId, actor, reason: null })
}

const callOff: Step = async stage => {
  await callOffEvents(stage.context)
}

/** From seconds to days: past holds, sessions, keys that the gateway forgets, the show itself. */
const leaps = [30, 150, 150, 2000, 2400, 2400, 2400, 7200, 90_000]
const sixDays = 6 * 24 * 3600_000
const wait: Step = async (stage, dice) => {
  await stage.clock.advance(dice.chance(12) ? sixDays : (dice.pick(leaps) ?? 0) * 1000)
}

const audit: Step = async stage => {
  await stage.database.call('ticketing.audit_event', { event_id: stage.eventId })
  await stage.database.call('ticketing.check_event', { event_id: stage.eventId })
}

export const hostSteps = {
  expire,
  sendMoney,
  sendMails,
  refund,
  review,
  house,
  setCapacity,
  pause,
  cancelShow,
  callOff,
  wait,
  audit,
}
