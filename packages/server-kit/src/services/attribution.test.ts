import { createOrderResponse } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk } from '../testing/orderDesk.ts'
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

test('the campaign that brought the buyer comes out with the order, for the host alone', async () => {
  const cart = desk.cart(await stage.createEvent())
  const attribution = { source: 'newsletter', medium: 'email', campaign: 'Späte Nächte' }
  const placed = (await desk.send({ ...cart, attribution })).read(createOrderResponse)
  expect((await money.order(placed)).attribution).toEqual(attribution)
  expect(await desk.show(placed)).not.toHaveProperty('attribution')
})

test('an order without a campaign has none', async () => {
  const placed = await desk.order(await stage.createEvent())
  expect((await money.order(placed)).attribution).toBeNull()
})

test('what is no campaign is refused by its name', async () => {
  const cart = desk.cart(await stage.createEvent())
  for (const [field, attribution] of [
    ['attribution.term', { term: 'x'.repeat(201) }],
    ['attribution.source', { source: 'two\nlines' }],
    ['attribution', { gclid: 'x' }],
  ] as const) {
    const problem = (await desk.send({ ...cart, attribution })).problem()
    expect(problem.code).toBe('invalid_request')
    expect(Object.keys(problem.fields ?? {}).join()).toContain(field)
  }
})
