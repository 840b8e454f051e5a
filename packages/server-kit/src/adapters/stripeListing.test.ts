import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { sessionParams, twinWithSdk } from '../../test/stripeTwin.ts'
import type { GatewayError } from '../ports/gatewayError.ts'
import type { GatewayWindow } from '../ports/gatewayListing.ts'
import { stripeListing } from './stripeListing.ts'

const everything: GatewayWindow = { from: 0, until: 4_000_000_000 }

const collect = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Sessions, all paid, oldest first; the twin's clock moves by a minute after each. */
const sell = async (count: number) => {
  const { twin, stripe } = await twinWithSdk()
  twin.control.setWebhook({ url: null })
  const sessions: Stripe.Checkout.Session[] = []
  for (let number = 0; number < count; number += 1) {
    const { id } = await stripe.checkout.sessions.create(sessionParams())
    sessions.push(twin.control.pay(id))
    await twin.control.advance(60_000)
  }
  return { twin, stripe, sessions, listing: stripeListing(stripe) }
}

const pagesAsked = (twin: Awaited<ReturnType<typeof sell>>['twin'], path: string): number =>
  twin.control.requests().filter(request => request.method === 'GET' && request.path === path).length

test('lists go through every page, newest first, and the hook runs before each request', async () => {
  const { twin, sessions, listing } = await sell(230)
  let asked = 0
  const beforeRequest = async () => {
    asked += 1
  }
  const listed = await collect(listing.listSessions({ ...everything, beforeRequest }))
  expect(listed.map(({ id }) => id)).toEqual(sessions.map(({ id }) => id).reverse())
  expect(pagesAsked(twin, '/v1/checkout/sessions')).toBe(3)
  expect(asked).toBe(3)

  const payments = await collect(listing.listPayments(everything))
  expect(payments).toHaveLength(230)
  expect(payments.at(-1)).toMatchObject({
    status: 'succeeded',
    receivedMinor: 3000,
    currency: 'USD',
    orderId: 'order-1',
  })

  for (const { id } of payments.slice(0, 105)) {
    const charges = [...(await collect(stripeCharges(twin, id)))]
    for (const charge of charges) twin.control.refundInDashboard(charge, { amount: 100 })
  }
  const refunds = await collect(listing.listRefunds(everything))
  expect(refunds).toHaveLength(105)
  expect(refunds[0]).toMatchObject({ status: 'succeeded', amountMinor: 100, currency: 'USD', refundId: null })
}, 60_000)

/** The charges of an intent, by the twin's own events. */
async function* stripeCharges(
  twin: Awaited<ReturnType<typeof sell>>['twin'],
  intentId: string,
): AsyncGenerator<string> {
  const answer = await fetch(`${twin.url}/v1/payment_intents/${intentId}`, {
    headers: { authorization: `Bearer ${twin.secretKey}` },
  })
  const intent = (await answer.json()) as { latest_charge: string }
  yield intent.latest_charge
}

test('a window takes what was made in it, both ends included, and a list goes on behind an object', async () => {
  const { sessions, listing } = await sell(5)
  const [, second, third, fourth] = sessions
  const window = { from: second?.created ?? 0, until: fourth?.created ?? 0 }
  expect(await collect(listing.listSessions(window))).toMatchObject([
    { id: fourth?.id },
    { id: third?.id },
    { id: second?.id },
  ])
  expect(await collect(listing.listSessions({ ...window, after: fourth?.id ?? '' }))).toMatchObject([
    { id: third?.id },
    { id: second?.id },
  ])
})

test('disputes are listed, and a gateway that is away says so', async () => {
  const { twin, listing } = await sell(1)
  const [payment] = await collect(listing.listPayments(everything))
  for await (const charge of stripeCharges(twin, payment?.id ?? '')) twin.control.dispute(charge)
  expect(await collect(listing.listDisputes(everything))).toMatchObject([
    { status: 'needs_response', amountMinor: 3000, currency: 'USD', paymentIntentId: payment?.id },
  ])
  twin.control.addFault({ kind: 'error', status: 500, method: 'GET' })
  await expect(collect(listing.listDisputes(everything))).rejects.toMatchObject({
    kind: 'unavailable',
  } satisfies Partial<GatewayError>)
})
