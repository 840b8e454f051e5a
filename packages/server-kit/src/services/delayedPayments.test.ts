import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let desk: OrderDesk
let money: MoneyDesk
beforeAll(async () => {
  stage = await startTestKit()
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  money = createMoneyDesk(stage)
}, 60_000)
afterAll(() => stage.close())
beforeEach(() => void stage.twin.control.clearFaults())
afterEach(async () => {
  await money.settled()
  await stage.database.withOwner(checkInvariants)
})

const days = (count: number) => stage.twin.control.advance(count * 86_400_000)

/** Bought by bank debit: the session is complete, the money under way. */
const pending = async (change: Parameters<TestKit['createEvent']>[0] = {}) => {
  const event = await stage.createEvent({ delayedPayments: true, ...change })
  const placed = await desk.order(event)
  stage.twin.control.pay(sessionOf(placed), { method: 'us_bank_account' })
  await money.settled()
  return { event, placed }
}

test('a delayed payment keeps its place until it arrives', async () => {
  const { event, placed } = await pending()
  expect((await desk.show(placed)).status).toBe('payment_pending')
  await days(3)
  await stage.kit.jobs.run('expire-reservations')
  expect(await money.counters(event.id)).toEqual({ reserved: 1, issued: 0 })
  stage.twin.control.addFault({ kind: 'duplicate', copies: 3, times: 5 })
  stage.twin.control.settlePayment(sessionOf(placed), true)
  await money.settled()
  expect(await desk.show(placed)).toMatchObject({ status: 'fulfilled', tickets: [{ status: 'valid' }] })
})

test('one that fails gives the place back', async () => {
  const { event, placed } = await pending()
  stage.twin.control.settlePayment(sessionOf(placed), false)
  await money.settled()
  expect((await desk.show(placed)).status).toBe('expired')
  expect(await money.counters(event.id)).toEqual({ reserved: 0, issued: 0 })
})

test('one that fails after its buyer had cancelled ends as expired', async () => {
  const event = await stage.createEvent({ delayedPayments: true })
  const placed = await desk.order(event)
  stage.twin.control.addFault({ kind: 'drop', type: 'checkout.session.completed' })
  stage.twin.control.pay(sessionOf(placed), { method: 'us_bank_account' })
  await money.settled()
  await desk.cancel(placed)
  expect((await desk.show(placed)).status).toBe('payment_pending')
  stage.twin.control.settlePayment(sessionOf(placed), false)
  await money.settled()
  expect((await desk.show(placed)).status).toBe('expired')
  expect(await money.counters(event.id)).toEqual({ reserved: 0, issued: 0 })
})

test('one that is older than the event allows gives its place back; arriving after all it is a late payment', async () => {
  const { event, placed } = await pending({ maxPendingSeconds: 5 * 86_400, tiers: [newTier({ capacity: 1 })] })
  await days(4)
  await stage.kit.jobs.run('expire-reservations')
  expect((await desk.show(placed)).status).toBe('payment_pending')
  await days(2)
  await stage.kit.jobs.run('expire-reservations')
  expect((await desk.show(placed)).status).toBe('expired')
  expect(await money.counters(event.id)).toEqual({ reserved: 0, issued: 0 })

  const other = await desk.order(event)
  stage.twin.control.settlePayment(sessionOf(placed), true)
  await money.settled()
  await stage.twin.control.advance(60_000)
  await stage.kit.jobs.run('send-refunds')
  await money.settled()
  expect(await money.order(placed)).toMatchObject({
    status: 'refunded',
    payments: [{ status: 'refunded' }],
    refunds: [{ status: 'succeeded' }],
  })
  const mails = stage.messages.sent.filter(({ order }) => order.id === placed.order.id)
  expect(mails.map(({ kind }) => kind)).toEqual(['refund'])
  expect((await desk.cancel(other)).status).toBe(200)
})

test('one whose news are lost is found by the return page, late and twice', async () => {
  const { placed } = await pending()
  stage.twin.control.addFault({ kind: 'drop', type: '*', times: 20 })
  stage.twin.control.settlePayment(sessionOf(placed), true)
  await days(1)
  await Promise.all([desk.sync(placed), desk.sync(placed)])
  expect(await desk.show(placed)).toMatchObject({ status: 'fulfilled', tickets: [{ status: 'valid' }] })
})
