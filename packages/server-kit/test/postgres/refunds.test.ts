import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { checkInvariants } from '../../src/testing/checkInvariants.ts'
import { createMoneyDesk, type MoneyDesk } from '../../src/testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../../src/testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../../src/testing/startTestKit.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'

let postgres: TestPostgres
let stage: TestKit
let desk: OrderDesk
let money: MoneyDesk
beforeAll(async () => {
  postgres = await startTestPostgres()
  const database = await postgres.createDatabase()
  stage = await startTestKit({}, {}, async () => database.open())
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  money = createMoneyDesk(stage)
})
afterAll(async () => {
  await stage?.close()
  await postgres?.stop()
})
afterEach(async () => {
  await money.settled()
  await stage.database.withOwner(checkInvariants)
})

const times = (count: number) => Array.from({ length: count }, (_, index) => index)

const bought = async (quantity: number, event?: Awaited<ReturnType<TestKit['createEvent']>>) => {
  const placed = await desk.order(event ?? (await stage.createEvent()), quantity)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  return placed
}

test('of twenty admins who refund the whole at once, one request reaches Stripe', async () => {
  const placed = await bought(3)
  const before = money.refundRequests().length
  const answers = await Promise.all(times(20).map(() => money.refund(placed)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  for (const answer of answers) if (answer.status !== 200) expect(answer.problem().code).toBe('refund_refused')
  await money.settled()
  expect(money.refundRequests().slice(before)).toHaveLength(1)
  expect(await money.order(placed)).toMatchObject({ status: 'refunded', payments: [{ status: 'refunded' }] })
})

test('refunds by ticket, by money and in the dashboard at once never give back more than was paid', async () => {
  for (const round of times(5)) {
    const placed = await bought(4)
    const charge = await money.chargeOf(placed)
    const { tickets } = await money.order(placed)
    await Promise.allSettled([
      ...tickets.map(({ id }) => money.refund(placed, { ticketIds: [id] })),
      ...times(4).map(() => money.refund(placed, { amountMinor: 2000 })),
      Promise.resolve().then(() => stage.twin.control.refundInDashboard(charge, { amount: 1000 + round })),
    ])
    await money.settled()
    await stage.twin.control.advance(4_000_000)
    await stage.kit.jobs.run('send-refunds')
    await money.settled()
    const [payment] = (await money.order(placed)).payments
    const atGateway = await stage.gateway.listPaymentRefunds(payment?.gatewayObjectId ?? '')
    const sum = atGateway.filter(({ status }) => status === 'succeeded').reduce((all, one) => all + one.amountMinor, 0)
    expect(payment?.refunded.amountMinor).toBe(sum)
    expect(sum).toBeLessThanOrEqual(10_000)
  }
})

test('workers on many connections send each refund of a cancelled show once', async () => {
  const event = await stage.createEvent()
  const placed = await Promise.all(times(30).map(() => desk.order(event)))
  for (const one of placed) stage.twin.control.pay(sessionOf(one))
  await money.settled()
  const before = money.refundRequests().length
  await stage.database.call('ticketing.cancel_event', { event_id: event.id, actor: 'Ida', reason: null })
  const batches = await Promise.all(
    times(12).map(() => stage.database.call('ticketing.call_off_orders', { event_id: event.id, max_orders: 7 })),
  )
  expect(batches.reduce((sum, { calledOff }) => sum + calledOff, 0)).toBeLessThanOrEqual(30)
  await money.cancelEvent(event.id)
  const taken = await Promise.all(
    times(8).map(index =>
      stage.database.call('ticketing.take_refunds', {
        event_id: event.id,
        max_refunds: 3,
        worker: `worker ${index}`,
        lease_seconds: 1,
      }),
    ),
  )
  const ids = taken.flatMap(({ refunds }) => refunds.map(({ refundId }) => refundId))
  expect(new Set(ids).size).toBe(ids.length)
  await stage.twin.control.advance(120_000)
  await stage.kit.jobs.run('cancel-events')
  await stage.kit.jobs.run('send-refunds')
  await money.settled()
  await stage.twin.control.advance(120_000)
  await stage.kit.jobs.run('send-refunds')
  await money.settled()
  for (const one of placed) expect(await money.order(one)).toMatchObject({ status: 'refunded' })
  expect(money.refundRequests().slice(before)).toHaveLength(30)
  expect(await money.counters(event.id)).toEqual({ reserved: 0, issued: 0 })
})

test('a refund asked for and the show cancelled in the same moment pay once', async () => {
  for (const _ of times(5)) {
    const event = await stage.createEvent()
    const placed = await bought(2, event)
    await Promise.all([money.refund(placed), money.cancelEvent(event.id)])
    await money.settled()
    await stage.twin.control.advance(120_000)
    await stage.kit.jobs.run('cancel-events')
    await stage.kit.jobs.run('send-refunds')
    await money.settled()
    expect(await money.order(placed)).toMatchObject({
      status: 'refunded',
      payments: [{ refunded: { amountMinor: 5000, currency: 'USD' } }],
    })
  }
})
