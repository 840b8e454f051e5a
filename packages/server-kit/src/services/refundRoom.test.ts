import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { RefundState } from '../ports/refundFunctions.ts'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let desk: OrderDesk
let money: MoneyDesk
beforeAll(async () => {
  // No webhooks: the tests tell the functions themselves, in any order.
  stage = await startTestKit({}, { webhookUrl: '' })
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  money = createMoneyDesk(stage)
}, 60_000)
afterAll(() => stage.close())
afterEach(() => stage.database.withOwner(checkInvariants))

const bought = async () => {
  const event = await stage.createEvent()
  const placed = await desk.order(event, 2)
  stage.twin.control.pay(sessionOf(placed))
  await desk.sync(placed)
  const [payment] = (await money.order(placed)).payments
  return { placed, subject: { event_id: event.id, order_id: placed.order.id }, paymentId: payment?.id ?? '' }
}
type Bought = Awaited<ReturnType<typeof bought>>

const ask = async ({ subject }: Bought, amountMinor: number | null): Promise<string> => {
  const refundId = crypto.randomUUID()
  const answer = await stage.database.call('ticketing.request_refund', {
    ...subject,
    refund_id: refundId,
    payment_id: null,
    amount_minor: amountMinor,
    ticket_ids: null,
    actor: 'Ida',
    reason: null,
  })
  if (answer.outcome !== 'requested') throw new Error(JSON.stringify(answer))
  return refundId
}

/** News of a refund by its name at the gateway, with our id where it carries one. */
const tell = async (
  sale: Bought,
  name: string,
  state: RefundState,
  amountMinor: number,
  refundId: string | null = null,
): Promise<string> => {
  const { outcome } = await stage.database.call('ticketing.import_refund', {
    ...sale.subject,
    payment_id: sale.paymentId,
    refund: {
      gatewayRefundId: `re_${name}_${sale.subject.order_id}`,
      refundId,
      amountMinor,
      currency: 'USD',
      state,
      reason: null,
    },
  })
  return outcome
}

test('a dashboard refund whose news overtook the failure that made room for it counts once there is room', async () => {
  const sale = await bought()
  expect(await tell(sale, 'whole', 'succeeded', 5000)).toBe('succeeded')
  expect(await tell(sale, 'part', 'succeeded', 1)).toBe('needs_review')
  expect(await tell(sale, 'whole', 'failed', 5000)).toBe('failed_late')
  expect(await tell(sale, 'part', 'succeeded', 1)).toBe('succeeded')
  expect(await tell(sale, 'part', 'succeeded', 1)).toBe('unchanged')
  // The one that failed had been counted: an older word of its success changes nothing.
  expect(await tell(sale, 'whole', 'succeeded', 5000)).toBe('unchanged')
  const order = await money.order(sale.placed)
  expect(order.payments).toMatchObject([{ status: 'needs_review', refunded: { amountMinor: 1 } }])
  expect(order.refunds.map(({ status }) => status).sort()).toEqual(['needs_review', 'succeeded'])
})

test('the whole that had no room takes the tickets along once it counts', async () => {
  const sale = await bought()
  await tell(sale, 'part', 'pending', 1000)
  expect(await tell(sale, 'whole', 'succeeded', 5000)).toBe('needs_review')
  expect(await tell(sale, 'part', 'failed', 1000)).toBe('failed')
  expect(await tell(sale, 'whole', 'succeeded', 5000)).toBe('succeeded')
  const order = await money.order(sale.placed)
  expect(order).toMatchObject({ status: 'refunded', payments: [{ status: 'refunded' }] })
  expect(order.tickets.map(({ status }) => status)).toEqual(['void', 'void'])
})

test('a refund that had no room and failed at the gateway needs nobody any more', async () => {
  const sale = await bought()
  await tell(sale, 'whole', 'succeeded', 5000)
  expect(await tell(sale, 'part', 'pending', 1)).toBe('needs_review')
  expect(await tell(sale, 'part', 'failed', 1)).toBe('failed')
  expect((await money.order(sale.placed)).payments).toMatchObject([{ refunded: { amountMinor: 5000 } }])
})

test('our own request that was not sent gives way to a refund that we had given up', async () => {
  const sale = await bought()
  const givenUp = await ask(sale, 3000)
  const subject = { ...sale.subject, refund_id: givenUp, gateway_refund_id: null, error: 'the key is wrong' }
  await stage.database.call('ticketing.record_refund', { ...subject, state: 'failed' })
  await ask(sale, null)
  expect(await tell(sale, 'ours', 'succeeded', 3000, givenUp)).toBe('succeeded')
  const rows = (await money.order(sale.placed)).refunds.map(({ amount, status }) => `${status} ${amount.amountMinor}`)
  expect(rows.sort()).toEqual(['requested 2000', 'succeeded 3000'])
})
