import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let desk: OrderDesk
beforeAll(async () => {
  stage = await startTestKit({}, { webhookUrl: '' })
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
}, 60_000)
afterAll(() => stage.close())

const readsOf = (sessionId: string): number =>
  stage.twin.control.requests().filter(({ method, path }) => method === 'GET' && path.endsWith(sessionId)).length

test('the return page has its tickets although no webhook came, and its purchase once', async () => {
  const event = await stage.createEvent({ currency: 'KWD', tiers: [newTier({ priceMinor: 12_340 })] })
  const placed = await desk.order(event, 2)
  stage.twin.control.pay(sessionOf(placed))
  const synced = await desk.sync(placed)
  expect(synced.order.status).toBe('fulfilled')
  expect(synced.purchase).toEqual({
    transaction_id: placed.order.id,
    currency: 'KWD',
    value: 24.68,
    items: [{ item_id: event.tiers[0]?.id, item_name: 'General admission', price: 12.34, quantity: 2 }],
  })
  expect((await desk.sync(placed)).purchase).toBeNull()
})

test('of many return pages at once exactly one is given the purchase', async () => {
  const placed = await desk.order(await stage.createEvent())
  stage.twin.control.pay(sessionOf(placed))
  const answers = await Promise.all([1, 2, 3, 4].map(() => desk.sync(placed)))
  await desk.sync(placed)
  const again = await desk.sync(placed)
  const purchases = [...answers, again].filter(answer => answer.purchase !== null)
  expect(purchases.length).toBeLessThanOrEqual(1)
  expect(again.order.status).toBe('fulfilled')
})

test('a page that asks all the time reads the gateway once in two seconds', async () => {
  const placed = await desk.order(await stage.createEvent())
  const session = sessionOf(placed)
  await stage.database.withOwner(connection =>
    connection.exec('update venuekit.test_clock set stopped_at = venuekit.clock()'),
  )
  for (let turn = 0; turn < 5; turn += 1) expect((await desk.sync(placed)).order.status).toBe('reserved')
  expect(readsOf(session)).toBe(1)
  await stage.twin.control.advance(2000)
  await desk.sync(placed)
  expect(readsOf(session)).toBe(2)
})

test('a gateway that does not answer is told, and asked again at the next call', async () => {
  const placed = await desk.order(await stage.createEvent())
  stage.twin.control.pay(sessionOf(placed))
  stage.twin.control.addFault({ kind: 'error', status: 500, method: 'GET' })
  const answer = await stage.call('POST', `/v1/orders/${placed.order.id}/sync`, { orderToken: placed.orderToken })
  expect(answer.problem()).toMatchObject({ status: 502, code: 'gateway_unavailable', retryable: true })
  expect((await desk.sync(placed)).order.status).toBe('fulfilled')
})
