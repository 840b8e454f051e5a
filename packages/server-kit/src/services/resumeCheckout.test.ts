import {
  type Checkout,
  type CreateOrderResponse,
  checkoutResponse,
  createOrderResponse,
  type PaymentUi,
} from '@venuekit/core/contracts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { stripeGateway } from '../adapters/stripe.ts'
import { createServerKit } from '../createServerKit.ts'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createHttpCaller } from '../testing/httpCaller.ts'
import { createOrderDesk, type OrderDesk } from '../testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { testSecrets } from '../testing/testSecrets.ts'

let stage: TestKit
let desk: OrderDesk
beforeAll(async () => {
  stage = await startTestKit()
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
}, 60_000)
afterEach(() => stage.database.withOwner(checkInvariants))
afterAll(() => stage.close())

const order = async (payment: PaymentUi): Promise<CreateOrderResponse> =>
  (await desk.send({ ...desk.cart(await stage.createEvent()), payment })).read(createOrderResponse)

const ask = (placed: CreateOrderResponse, payment?: PaymentUi, call = stage.call) =>
  call('POST', `/v1/orders/${placed.order.id}/checkout${payment ? `?payment=${payment}` : ''}`, {
    orderToken: placed.orderToken,
  })

const resume = async (...request: Parameters<typeof ask>): Promise<Checkout> =>
  (await ask(...request)).read(checkoutResponse).checkout

/** The session to pay at, embedded or not. */
const sessionAt = (checkout: Checkout): string => /cs_test_[A-Za-z0-9]+/.exec(JSON.stringify(checkout))?.[0] ?? ''

test('an embedded checkout that is left is found again, wished for once more or not', async () => {
  const placed = await order('embedded')
  expect(placed.checkout.kind).toBe('embedded')
  expect(await resume(placed)).toEqual(placed.checkout)
  expect(await resume(placed, 'embedded')).toEqual(placed.checkout)
})

test('a page that cannot show it is sent to the gateway’s, and nobody can pay at both', async () => {
  const placed = await order('embedded')
  const checkout = await resume(placed, 'redirect')
  expect(checkout.kind).toBe('redirect')
  expect(() => stage.twin.control.pay(sessionAt(placed.checkout))).toThrow('expired')
  expect(await resume(placed, 'redirect')).toEqual(checkout)
  stage.twin.control.pay(sessionAt(checkout))
  await stage.twin.control.settled()
  expect(await desk.show(placed)).toMatchObject({ status: 'fulfilled', tickets: [{ status: 'valid' }] })
})

test('a buyer who comes back to a page that embeds pays there, once', async () => {
  const placed = await order('redirect')
  const checkout = await resume(placed, 'embedded')
  expect(checkout).toMatchObject({ kind: 'embedded', publishableKey: stage.twin.publishableKey })
  expect(() => stage.twin.control.pay(sessionAt(placed.checkout))).toThrow('expired')
  stage.twin.control.pay(sessionAt(checkout))
  await stage.twin.control.settled()
  expect((await desk.sync(placed)).order.status).toBe('fulfilled')
})

test('what was paid meanwhile at the old one is found instead of opening another', async () => {
  stage.twin.control.setWebhook({ url: null })
  const placed = await order('embedded')
  stage.twin.control.pay(sessionAt(placed.checkout))
  expect((await ask(placed, 'redirect')).problem()).toMatchObject({ status: 409, code: 'conflict' })
  expect((await desk.show(placed)).status).toBe('fulfilled')
  stage.twin.control.setWebhook({ url: 'http://kit.test/webhooks/stripe' })
})

test('two pages that wish for different checkouts leave one that can be paid', async () => {
  const placed = await order('redirect')
  const answers = await Promise.all([
    ask(placed, 'embedded'),
    ask(placed, 'redirect'),
    ask(placed, 'embedded'),
    ask(placed, 'redirect'),
  ])
  for (const { status } of answers) expect([200, 409, 503]).toContain(status)
  const live = sessionAt(await resume(placed))
  const opened = [
    placed.checkout,
    ...answers.filter(each => each.status === 200).map(each => each.read(checkoutResponse).checkout),
  ]
  for (const session of new Set(opened.map(sessionAt))) {
    if (session !== live) expect(() => stage.twin.control.pay(session)).toThrow('expired')
  }
  stage.twin.control.pay(live)
  await stage.twin.control.settled()
  expect((await desk.show(placed)).status).toBe('fulfilled')
})

test('a host without the gateway’s publishable key answers its page, also for what was begun with one', async () => {
  const placed = await order('embedded')
  const kit = createServerKit({
    database: stage.database,
    gateway: stripeGateway({
      secretKey: stage.twin.secretKey,
      webhookSecrets: [stage.twin.webhookSecret],
      account: stage.twin.account,
      apiBase: stage.twin.url,
    }),
    secrets: testSecrets,
    timeZone: 'America/Chicago',
    limits: false,
  })
  const call = createHttpCaller(kit, stage.venue)
  expect((await resume(placed, 'embedded', call)).kind).toBe('redirect')
  expect(() => stage.twin.control.pay(sessionAt(placed.checkout))).toThrow('expired')
})

test('an unknown way to pay is refused by name', async () => {
  const placed = await order('redirect')
  const answer = await stage.call('POST', `/v1/orders/${placed.order.id}/checkout?payment=cash`, {
    orderToken: placed.orderToken,
  })
  expect(answer.problem()).toMatchObject({
    status: 400,
    code: 'invalid_request',
    fields: { payment: expect.any(String) },
  })
})
