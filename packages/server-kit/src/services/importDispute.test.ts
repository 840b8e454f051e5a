import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let desk: OrderDesk
let money: MoneyDesk
beforeAll(async () => {
  stage = await startTestKit()
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  money = createMoneyDesk(stage)
}, 60_000)
afterAll(() => stage.close())
afterEach(async () => {
  await money.settled()
  await stage.database.withOwner(checkInvariants)
})

const bought = async () => {
  const placed = await desk.order(await stage.createEvent(), 2)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  return { placed, charge: await money.chargeOf(placed) }
}

/** What the journal holds of the order's money, by kind. */
const journalOf = (orderId: string) =>
  stage.database.withOwner(async connection => {
    const rows = await connection.query<{ kind: string; sum: string }>(
      `select kind, sum(money_delta_minor)::text as sum from ticketing.journal
       where order_id = $1 and payment_id is not null group by kind order by min(entry_id)`,
      [orderId],
    )
    return rows.map(({ kind, sum }) => `${kind} ${sum}`)
  })

test('a dispute blocks refunds and is counted once; won, it is given back', async () => {
  const { placed, charge } = await bought()
  const dispute = stage.twin.control.dispute(charge)
  await money.settled()
  expect((await money.refund(placed)).problem().detail).toContain('disputed')
  expect(await journalOf(placed.order.id)).toEqual(['payment 5000', 'dispute -5000'])
  for (const delivery of stage.twin.control.deliveries().filter(({ type }) => type.startsWith('charge.dispute'))) {
    stage.twin.control.resend(delivery.id)
  }
  await money.settled()
  expect(await journalOf(placed.order.id)).toEqual(['payment 5000', 'dispute -5000'])
  await stage.kit.drain()
  expect(stage.alerts.filter(({ code }) => code === 'dispute_open')).toHaveLength(1)

  stage.twin.control.closeDispute(dispute.id, true)
  await money.settled()
  expect(await journalOf(placed.order.id)).toEqual(['payment 5000', 'dispute -5000', 'dispute_won 5000'])
  expect((await money.refund(placed, { amountMinor: 100 })).status).toBe(200)
})

test('a dispute that is lost stays counted; what was not sent is never sent, for the bank has paid it', async () => {
  const { placed, charge } = await bought()
  const asked = await stage.database.call('ticketing.request_refund', {
    event_id: placed.order.eventId,
    order_id: placed.order.id,
    refund_id: crypto.randomUUID(),
    payment_id: null,
    amount_minor: null,
    ticket_ids: null,
    actor: 'Ida',
    reason: null,
  })
  expect(asked.outcome).toBe('requested')
  const dispute = stage.twin.control.dispute(charge)
  await money.settled()
  const before = money.refundRequests().length
  await stage.twin.control.advance(120_000)
  await stage.kit.jobs.run('send-refunds')
  expect(money.refundRequests()).toHaveLength(before)
  expect(await money.order(placed)).toMatchObject({ refunds: [{ status: 'requested' }] })

  stage.twin.control.closeDispute(dispute.id, false)
  await money.settled()
  const order = await money.order(placed)
  expect(order).toMatchObject({ status: 'refunded', refunds: [{ status: 'cancelled' }] })
  expect(order.tickets.map(({ status }) => status)).toEqual(['void', 'void'])
  expect(await journalOf(placed.order.id)).toEqual(['payment 5000', 'dispute -5000'])
  expect((await money.refund(placed)).problem().detail).toContain('disputed')
})

test('an inquiry moves no money and blocks no refund', async () => {
  const { placed, charge } = await bought()
  const dispute = stage.twin.control.dispute(charge, { inquiry: true })
  await money.settled()
  stage.twin.control.closeDispute(dispute.id, false)
  await money.settled()
  expect(await journalOf(placed.order.id)).toEqual(['payment 5000'])
  expect(await money.refunded(placed, { amountMinor: 100 })).toMatchObject({ refunds: [{ status: 'succeeded' }] })
})

test('a state that nobody knows yet is kept, told, and changes nothing', async () => {
  const { placed } = await bought()
  const [payment] = (await money.order(placed)).payments
  const record = (status: string, state: 'open' | 'unknown' | 'won') =>
    stage.database.call('ticketing.record_dispute', {
      event_id: placed.order.eventId,
      order_id: placed.order.id,
      payment_id: payment?.id ?? '',
      dispute: { gatewayDisputeId: 'du_new', status, state, amountMinor: 5000, currency: 'USD' },
    })
  expect(await record('arbitration', 'unknown')).toEqual({ outcome: 'unknown' })
  expect(await journalOf(placed.order.id)).toEqual(['payment 5000'])
  expect(await record('needs_response', 'open')).toEqual({ outcome: 'open' })
  expect(await record('arbitration', 'unknown')).toEqual({ outcome: 'unchanged' })
  expect(await journalOf(placed.order.id)).toEqual(['payment 5000', 'dispute -5000'])
  expect(await record('won', 'won')).toEqual({ outcome: 'won' })
  // An older answer that comes late.
  expect(await record('needs_response', 'open')).toEqual({ outcome: 'unchanged' })
  expect(await journalOf(placed.order.id)).toEqual(['payment 5000', 'dispute -5000', 'dispute_won 5000'])
})
