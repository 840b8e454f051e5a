import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { sessionParams, twinWithSdk } from '../../../test/stripeTwin.ts'

type Setup = Awaited<ReturnType<typeof twinWithSdk>>

const buy = async ({ stripe, twin }: Setup) => {
  const { id } = await stripe.checkout.sessions.create(sessionParams())
  twin.control.pay(id)
  return id
}

const typesOf = ({ received }: Setup) => received.map(({ event }) => event.type)

describe('a delivery', () => {
  test('bears a signature that the SDK verifies, and the pinned version', async () => {
    const setup = await twinWithSdk()
    const { stripe, twin, received } = setup
    await buy(setup)
    await twin.control.settled()
    for (const { body, signature } of received) {
      const event = stripe.webhooks.constructEvent(body, signature, twin.webhookSecret)
      expect(event).toMatchObject({ object: 'event', api_version: '2026-10-28.endive', livemode: false })
      expect(() => stripe.webhooks.constructEvent(`${body} `, signature, twin.webhookSecret)).toThrow(
        /No signatures found/,
      )
    }
    const [last] = (await stripe.events.list({ limit: 1 })).data
    expect(await stripe.events.retrieve(String(last?.id))).toMatchObject({
      type: 'charge.updated',
      pending_webhooks: 0,
    })
  })

  test('is tried again, later and later, until it is taken', async () => {
    const answers = [500, 503, 200]
    let now = Date.now()
    const advance = (milliseconds: number) => {
      now += milliseconds
    }
    const setup = await twinWithSdk(
      { retryDelaysMs: [1000, 60_000], clock: { now: () => now, advance } },
      { answer: () => answers.shift() ?? 200 },
    )
    const { stripe, twin, received } = setup
    const { id } = await stripe.checkout.sessions.create(sessionParams())
    await stripe.checkout.sessions.expire(id)
    await twin.control.settled()
    expect(received).toHaveLength(1)
    expect(twin.control.deliveries()).toMatchObject([{ state: 'waiting', attempts: [{ status: 500, error: null }] }])
    await twin.control.advance(1000)
    await twin.control.settled()
    expect(received).toHaveLength(2)
    await twin.control.advance(59_000)
    await twin.control.settled()
    expect(received).toHaveLength(2)
    await twin.control.advance(1000)
    await twin.control.settled()
    expect(twin.control.deliveries()).toMatchObject([{ state: 'delivered', attempts: [{}, {}, { status: 200 }] }])
    expect(new Set(received.map(({ event }) => event.id)).size).toBe(1)
  })

  test('is given up after the last try', async () => {
    const setup = await twinWithSdk({ retryDelaysMs: [1000] }, { answer: () => 500 })
    await buy(setup)
    await setup.twin.control.flush()
    await setup.twin.control.flush()
    expect(new Set(setup.twin.control.deliveries().map(delivery => delivery.state))).toEqual(new Set(['given_up']))
  })

  test('is held until somebody listens, and counts a connection that broke as a failure', async () => {
    const setup = await twinWithSdk({ webhookFetch: fetch, webhookUrl: 'http://127.0.0.1:1/nobody' })
    await buy(setup)
    await setup.twin.control.settled()
    const [first] = setup.twin.control.deliveries()
    expect(first).toMatchObject({ state: 'waiting', attempts: [{ status: null, error: expect.any(String) }] })

    const taken: string[] = []
    const server = createServer((request, response) => {
      taken.push(String(request.headers['stripe-signature']))
      response.end()
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await expect.poll(() => server.listening).toBe(true)
    setup.twin.control.setWebhook({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` })
    await setup.twin.control.flush()
    expect(taken).toHaveLength(5)
    expect(setup.twin.control.deliveries().every(delivery => delivery.state === 'delivered')).toBe(true)
  })

  test('that is due when the twin closes is still made', async () => {
    const setup = await twinWithSdk()
    await buy(setup)
    await setup.twin.close()
    expect(setup.received).toHaveLength(5)
  })

  test('is signed by every secret while one is rolled', async () => {
    const setup = await twinWithSdk()
    const { stripe, twin, received } = setup
    twin.control.setWebhook({ url: 'http://listener.test/', secret: 'whsec_new,whsec_old' })
    await buy(setup)
    await twin.control.settled()
    const [first] = received
    for (const secret of ['whsec_new', 'whsec_old']) {
      expect(stripe.webhooks.constructEvent(first?.body ?? '', first?.signature ?? '', secret).id).toBe(first?.event.id)
    }
  })
})

describe('a fault of the deliveries', () => {
  test('duplicate: the same event several times at once', async () => {
    const setup = await twinWithSdk()
    setup.twin.control.addFault({ kind: 'duplicate', copies: 3, type: 'checkout.session.completed' })
    await buy(setup)
    await setup.twin.control.settled()
    const completed = setup.received.filter(({ event }) => event.type === 'checkout.session.completed')
    expect(completed).toHaveLength(3)
    expect(new Set(completed.map(({ event }) => event.id)).size).toBe(1)
  })

  test('drop: never sent, unless somebody sends it again', async () => {
    const setup = await twinWithSdk()
    setup.twin.control.addFault({ kind: 'drop', type: 'checkout.session.*' })
    await buy(setup)
    await setup.twin.control.flush()
    expect(typesOf(setup)).not.toContain('checkout.session.completed')
    const dropped = setup.twin.control.deliveries().find(delivery => delivery.state === 'dropped')
    setup.twin.control.resend(String(dropped?.id))
    await setup.twin.control.settled()
    expect(typesOf(setup)).toContain('checkout.session.completed')
  })

  test('delay: sent when the clock has come there', async () => {
    const setup = await twinWithSdk()
    setup.twin.control.addFault({ kind: 'delay', delayMs: 3_600_000, type: 'checkout.session.completed' })
    await buy(setup)
    await setup.twin.control.settled()
    expect(typesOf(setup)).not.toContain('checkout.session.completed')
    await setup.twin.control.advance(3_600_000)
    await setup.twin.control.settled()
    expect(typesOf(setup).at(-1)).toBe('checkout.session.completed')
  })

  test('reorder: the next ones arrive last first', async () => {
    const setup = await twinWithSdk()
    setup.twin.control.addFault({ kind: 'reorder', times: 4 })
    await buy(setup)
    await setup.twin.control.settled()
    expect(typesOf(setup)).toEqual([
      'checkout.session.completed',
      'payment_intent.succeeded',
      'charge.succeeded',
      'payment_intent.created',
      'charge.updated',
    ])
  })
})

describe('thin events', () => {
  test('name the object and are read by the SDK; the event and the object can be fetched', async () => {
    const setup = await twinWithSdk({ webhookPayload: 'both' })
    const { stripe, twin, received } = setup
    const id = await buy(setup)
    await twin.control.settled()
    expect(received).toHaveLength(10)
    const thin = received.find(({ event }) => String(event.type) === 'v1.checkout.session.completed')
    const notification = stripe.parseEventNotification(thin?.body ?? '', thin?.signature ?? '', twin.webhookSecret)
    expect(notification).toMatchObject({
      object: 'v2.core.event',
      type: 'v1.checkout.session.completed',
      related_object: { id, type: 'checkout.session', url: `/v1/checkout/sessions/${id}` },
    })
    expect(thin?.body).not.toContain('amount_total')
    const event = await stripe.v2.core.events.retrieve(notification.id)
    expect(event.type).toBe('v1.checkout.session.completed')
  })
})
