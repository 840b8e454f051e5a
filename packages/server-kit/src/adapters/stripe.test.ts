import { describe, expect, onTestFinished, test } from 'vitest'
import { twinWithSdk } from '../../test/stripeTwin.ts'
import type { CheckoutRequest } from '../ports/gateway.ts'
import type { CheckoutAttempt } from '../ports/ticketingFunctions.ts'
import { type StripeTwin, startStripeTwin } from '../testing/twin/startStripeTwin.ts'
import { createStripeGateway, type StripeGatewayOptions, stripeGateway } from './stripe.ts'

const request = (change: Partial<CheckoutRequest> = {}): CheckoutRequest => ({
  eventId: '0190a000-0000-7000-8000-000000000001',
  orderId: '0190a000-0000-7000-8000-000000000002',
  attemptId: '0190a000-0000-7000-8000-000000000003',
  ui: 'redirect',
  currency: 'USD',
  lines: [
    { name: 'Standing', unitAmountMinor: 1500, quantity: 2 },
    { name: 'Balcony', unitAmountMinor: 2250, quantity: 1 },
  ],
  buyerEmail: 'ada@example.com',
  successUrl: 'https://venue.test/gig#venuekit-order=token',
  cancelUrl: 'https://venue.test/gig#venuekit-order=token&venuekit-checkout=cancelled',
  locale: 'de-AT',
  delayedPayments: false,
  ...change,
})

const attemptOf = (params: Record<string, unknown>, minutes = 31, now = Date.now()): CheckoutAttempt => ({
  attemptId: request().attemptId,
  orderId: request().orderId,
  eventId: request().eventId,
  status: 'begun',
  ui: 'redirect',
  params,
  expiresAt: Math.floor(now / 1000) + minutes * 60,
  begunAt: new Date(now).toISOString(),
  sessionId: null,
  url: null,
  clientSecret: null,
})

const optionsFor = (twin: StripeTwin): StripeGatewayOptions => ({
  secretKey: twin.secretKey,
  webhookSecrets: [twin.webhookSecret],
  account: twin.account,
  apiBase: twin.url,
  maxNetworkRetries: 0,
})

const setup = async (change: Partial<StripeGatewayOptions> = {}) => {
  const { twin, stripe } = await twinWithSdk()
  const gateway = stripeGateway({ ...optionsFor(twin), ...change })
  return { twin, stripe, gateway, attempt: attemptOf(gateway.checkoutParams(request())) }
}

describe('the body of a checkout', () => {
  const gateway = stripeGateway({ secretKey: 'sk_test_1', webhookSecrets: ['whsec_1'], account: 'acct_1' })

  test('is whole but for its end, and the same every time', () => {
    const metadata = {
      event_id: request().eventId,
      order_id: request().orderId,
      attempt_id: request().attemptId,
    }
    expect(gateway.checkoutParams(request())).toEqual({
      mode: 'payment',
      ui_mode: 'hosted_page',
      success_url: 'https://venue.test/gig#venuekit-order=token',
      cancel_url: 'https://venue.test/gig#venuekit-order=token&venuekit-checkout=cancelled',
      line_items: [
        { quantity: 2, price_data: { currency: 'usd', unit_amount: 1500, product_data: { name: 'Standing' } } },
        { quantity: 1, price_data: { currency: 'usd', unit_amount: 2250, product_data: { name: 'Balcony' } } },
      ],
      client_reference_id: request().orderId,
      customer_email: 'ada@example.com',
      locale: 'de',
      adaptive_pricing: { enabled: false },
      allowed_payment_method_types: ['card'],
      metadata,
      payment_intent_data: { metadata },
    })
    expect(gateway.checkoutParams(request())).toEqual(gateway.checkoutParams(request()))
  })

  test('leaves the methods to the account where delayed payments are welcome', () => {
    expect(gateway.checkoutParams(request({ delayedPayments: true }))).not.toHaveProperty(
      'allowed_payment_method_types',
    )
  })

  test('leaves an embedded one to the page, and brings it back where a bank takes the buyer away', () => {
    const params = gateway.checkoutParams(request({ ui: 'embedded' }))
    expect(params).toMatchObject({
      ui_mode: 'embedded_page',
      return_url: request().successUrl,
      redirect_on_completion: 'if_required',
    })
    expect(params).not.toHaveProperty('success_url')
    expect(params).not.toHaveProperty('cancel_url')
  })
})

test('a publishable key that is none, or of the other mode, is refused at the start', () => {
  const keys = { secretKey: 'sk_test_1', webhookSecrets: ['whsec_1'], account: 'acct_1' }
  expect(() => stripeGateway({ ...keys, publishableKey: 'sk_test_1' })).toThrow('must begin with pk_')
  expect(() => stripeGateway({ ...keys, publishableKey: 'pk_live_1' })).toThrow('both be live or both be test')
})

describe('a checkout', () => {
  test('is made once under its attempt, however often it is sent', async () => {
    const { gateway, attempt, stripe, twin } = await setup()
    const session = await gateway.createCheckout(attempt)
    expect(session).toEqual({
      id: expect.stringMatching(/^cs_test_/),
      status: 'open',
      paymentStatus: 'unpaid',
      amountTotalMinor: 5250,
      currency: 'USD',
      mode: 'test',
      url: `${twin.url}/c/pay/${session.id}`,
      clientSecret: null,
      expiresAt: attempt.expiresAt,
      paymentIntentId: null,
      eventId: attempt.eventId,
      orderId: attempt.orderId,
      attemptId: attempt.attemptId,
    })
    expect((await gateway.createCheckout(attempt)).id).toBe(session.id)
    expect((await stripe.checkout.sessions.list()).data).toHaveLength(1)
    expect(twin.control.requests()[0]).toMatchObject({
      idempotencyKey: attempt.attemptId,
      apiVersion: '2026-10-28.endive',
    })
  })

  test('embedded has a secret for the browser', async () => {
    const { gateway } = await setup({ publishableKey: 'pk_test_1' })
    const session = await gateway.createCheckout(attemptOf(gateway.checkoutParams(request({ ui: 'embedded' }))))
    expect(session).toMatchObject({ url: null, clientSecret: expect.stringContaining('_secret_') })
    expect(gateway.publishableKey).toBe('pk_test_1')
  })

  test.each([
    ['JPY', 4200],
    ['KWD', 12_340],
  ])('in %s charges the very amount', async (currency, amount) => {
    const { gateway, twin } = await setup()
    const lines = [{ name: 'Seat', unitAmountMinor: amount, quantity: 3 }]
    const session = await gateway.createCheckout(attemptOf(gateway.checkoutParams(request({ currency, lines }))))
    twin.control.pay(session.id)
    const paid = await gateway.getSession(session.id)
    expect(paid).toMatchObject({ amountTotalMinor: amount * 3, currency, paymentStatus: 'paid' })
  })

  test('too near its end asks for another attempt', async () => {
    const { gateway, attempt } = await setup()
    await expect(gateway.createCheckout({ ...attempt, expiresAt: attempt.expiresAt - 120 })).rejects.toMatchObject({
      name: 'GatewayError',
      kind: 'too_soon',
    })
  })

  test('whose body Stripe refuses is rejected, with Stripe’s words and the request’s id', async () => {
    const { gateway, attempt } = await setup()
    const params = { ...attempt.params, surprise: 1 }
    await expect(gateway.createCheckout({ ...attempt, params })).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringMatching(/creating a checkout session: Received unknown parameter: surprise.*\(req_/),
    })
  })

  test('under a key that was used for another body is rejected', async () => {
    const { gateway, attempt } = await setup()
    await gateway.createCheckout(attempt)
    await expect(gateway.createCheckout({ ...attempt, expiresAt: attempt.expiresAt + 1 })).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('idempotent'),
    })
  })
})

describe('ending a session', () => {
  test('answers what it is afterwards: expired, paid, or on its way', async () => {
    const { gateway, attempt, twin } = await setup()
    const create = async (attemptId: string, params = attempt.params) =>
      (await gateway.createCheckout({ ...attempt, attemptId, params })).id
    const idle = await create('a1')
    expect(await gateway.expireSession(idle)).toMatchObject({ status: 'expired', paymentStatus: 'unpaid' })
    expect(await gateway.expireSession(idle)).toMatchObject({ status: 'expired' })

    const paid = await create('a2')
    twin.control.pay(paid)
    expect(await gateway.expireSession(paid)).toMatchObject({ status: 'complete', paymentStatus: 'paid' })

    const slow = await create('a3', gateway.checkoutParams(request({ delayedPayments: true })))
    twin.control.pay(slow, { method: 'us_bank_account' })
    expect(await gateway.expireSession(slow)).toMatchObject({ status: 'complete', paymentStatus: 'unpaid' })
  })

  test('one that ran out by itself is expired, not pending', async () => {
    const { gateway, attempt, twin } = await setup()
    const { id } = await gateway.createCheckout(attempt)
    await twin.control.advance(32 * 60_000)
    expect(await gateway.expireSession(id)).toMatchObject({ status: 'expired', paymentStatus: 'unpaid' })
  })

  test('tells the end even where the answer was lost', async () => {
    const { gateway, attempt, twin } = await setup()
    const { id } = await gateway.createCheckout(attempt)
    twin.control.addFault({ kind: 'lost_answer', method: 'POST', times: 2 })
    expect(await gateway.expireSession(id)).toMatchObject({ status: 'expired' })
  })

  test('that nobody knows is not found; a gateway that is down is unavailable', async () => {
    const { gateway, twin } = await setup()
    await expect(gateway.expireSession('cs_test_none')).rejects.toMatchObject({ kind: 'not_found' })
    twin.control.addFault({ kind: 'error', times: 2 })
    await expect(gateway.expireSession('cs_test_none')).rejects.toMatchObject({ kind: 'unavailable' })
  })
})

describe('finding a session', () => {
  test('by its payment intent', async () => {
    const { gateway, attempt, twin } = await setup()
    const { id } = await gateway.createCheckout(attempt)
    const { payment_intent: intent } = twin.control.pay(id)
    expect(await gateway.findSession(String(intent))).toMatchObject({ id, orderId: attempt.orderId })
    expect(await gateway.findSession('pi_none')).toBeNull()
  })

  test('by the attempt whose answer was lost, past a hundred others, once the key is forgotten', async () => {
    const { gateway, attempt, twin, stripe } = await setup()
    twin.control.addFault({ kind: 'lost_answer', times: 2 })
    await expect(gateway.createCheckout(attempt)).rejects.toMatchObject({ kind: 'unavailable' })
    for (let other = 0; other < 101; other += 1) {
      await gateway.createCheckout({
        ...attempt,
        attemptId: `other-${other}`,
        params: { ...attempt.params, metadata: { attempt_id: `other-${other}` } },
      })
    }
    const found = await gateway.findAttemptSession(attempt)
    expect(found).toMatchObject({ attemptId: attempt.attemptId, orderId: attempt.orderId })
    expect((await stripe.checkout.sessions.retrieve(String(found?.id))).status).toBe('open')
    expect(await gateway.findAttemptSession({ ...attempt, attemptId: 'never' })).toBeNull()
    const yesterday = new Date(Date.now() - 86_400_000).toISOString()
    expect(await gateway.findAttemptSession({ ...attempt, begunAt: yesterday })).toBeNull()
  })
})

describe('what went wrong', () => {
  test.each([
    ['rate_limit', 'unavailable'],
    ['error', 'unavailable'],
    ['lost_request', 'unavailable'],
  ] as const)('%s is %s', async (kind, expected) => {
    const { gateway, twin } = await setup()
    twin.control.addFault({ kind, times: 2 })
    await expect(gateway.getSession('cs_test_none')).rejects.toMatchObject({ name: 'GatewayError', kind: expected })
  })

  test('no answer in time is unavailable', async () => {
    const { gateway, twin } = await setup({ timeoutMs: 100 })
    twin.control.addFault({ kind: 'timeout', times: 2 })
    await expect(gateway.getSession('cs_test_none')).rejects.toMatchObject({ kind: 'unavailable' })
  })

  test('a passing fault is ridden out by the SDK’s retries, under the same key', async () => {
    const { gateway, attempt, twin, stripe } = await setup({ maxNetworkRetries: 2 })
    twin.control.addFault({ kind: 'error_after', method: 'POST' })
    const session = await gateway.createCheckout(attempt)
    expect((await stripe.checkout.sessions.list()).data.map(({ id }) => id)).toEqual([session.id])
  })

  test('a wrong key is nothing that an object is to blame for, and told with a hint', async () => {
    const { gateway } = await setup({ secretKey: 'sk_test_wrong' })
    await expect(gateway.getSession('cs_test_none')).rejects.toMatchObject({
      kind: 'unauthorized',
      message: expect.stringContaining('Check the secret key.'),
    })
  })
})

describe('starting', () => {
  test('asks Stripe for the account, unless it is told', async () => {
    const twin = await startStripeTwin({ account: 'acct_1Asked000000000' })
    onTestFinished(() => twin.close())
    const { account: _, ...options } = optionsFor(twin)
    expect(await createStripeGateway(options)).toMatchObject({ account: 'acct_1Asked000000000', mode: 'test' })
    expect(await createStripeGateway({ ...options, account: 'acct_told' })).toMatchObject({ account: 'acct_told' })
    expect(twin.control.requests()).toHaveLength(1)
    await expect(createStripeGateway({ ...options, secretKey: 'sk_test_bad' })).rejects.toMatchObject({
      kind: 'unauthorized',
      message: expect.stringContaining('Check the secret key.'),
    })
  })

  test('refuses keys and secrets that cannot be ones', () => {
    const options = { secretKey: 'sk_live_1', webhookSecrets: ['whsec_1'], account: 'acct_1' }
    expect(stripeGateway(options).mode).toBe('live')
    expect(() => stripeGateway({ ...options, secretKey: 'pk_test_1' })).toThrow(/begin with sk_ or rk_/)
    expect(() => stripeGateway({ ...options, webhookSecrets: [] })).toThrow(/at least one webhook secret/)
    expect(() => stripeGateway({ ...options, webhookSecrets: ['whsec_1\n'] })).toThrow(/hold no space/)
  })
})
