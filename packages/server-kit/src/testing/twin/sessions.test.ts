import { describe, expect, test } from 'vitest'
import { errorOf, sessionParams, twinWithSdk } from '../../../test/stripeTwin.ts'

const inMinutes = (minutes: number) => Math.floor(Date.now() / 1000) + minutes * 60

describe('creating a session', () => {
  test('adds the lines up and hands out a pay page', async () => {
    const { stripe, twin } = await twinWithSdk()
    const session = await stripe.checkout.sessions.create(sessionParams({ expires_at: inMinutes(31) }))
    expect(session).toMatchObject({
      object: 'checkout.session',
      amount_total: 3000,
      amount_subtotal: 3000,
      currency: 'usd',
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
      ui_mode: 'hosted_page',
      metadata: { order_id: 'order-1' },
    })
    expect(session.id).toMatch(/^cs_test_[A-Za-z0-9]{58}$/)
    expect(session.url).toBe(`${twin.url}/c/pay/${session.id}`)
  })

  test('keeps the amounts of currencies with no decimals and with three', async () => {
    const { stripe } = await twinWithSdk()
    const sold = async (currency: string, unit_amount: number) => {
      const line = { quantity: 3, price_data: { currency, unit_amount, product_data: { name: 'Seat' } } }
      const session = await stripe.checkout.sessions.create(sessionParams({ line_items: [line] }))
      return [session.currency, session.amount_total]
    }
    expect(await sold('JPY', 4200)).toEqual(['jpy', 12_600])
    expect(await sold('kwd', 12_340)).toEqual(['kwd', 37_020])
  })

  test('an embedded one has a client secret and no address', async () => {
    const { stripe } = await twinWithSdk()
    const { success_url: _, cancel_url: __, ...rest } = sessionParams()
    const session = await stripe.checkout.sessions.create({
      ...rest,
      ui_mode: 'embedded_page',
      return_url: 'https://venue.test/gig',
    })
    expect(session.url).toBeNull()
    expect(session.client_secret).toMatch(/^cs_test_.+_secret_/)
  })

  test('a total of nothing needs no payment', async () => {
    const { stripe } = await twinWithSdk()
    const line = { quantity: 1, price_data: { currency: 'usd', unit_amount: 0, product_data: { name: 'Guest' } } }
    const session = await stripe.checkout.sessions.create(sessionParams({ line_items: [line] }))
    expect(session.payment_status).toBe('no_payment_required')
  })

  const line = { quantity: 1, price_data: { currency: 'usd', unit_amount: 900, product_data: { name: 'A' } } }
  const withoutSuccess = () => {
    const { success_url: _, ...rest } = sessionParams()
    return rest
  }
  const refusals: [string, () => object, { param?: string; code?: string; message?: RegExp }][] = [
    ['no mode', () => ({ ...sessionParams(), mode: undefined }), { param: 'mode', code: 'parameter_missing' }],
    ['no lines', () => ({ ...sessionParams(), line_items: [] }), { param: 'line_items', code: 'parameter_missing' }],
    ['no address to return to', withoutSuccess, { param: 'success_url', code: 'parameter_missing' }],
    [
      'an address that is none',
      () => sessionParams({ success_url: 'venue' }),
      { param: 'success_url', code: 'url_invalid' },
    ],
    [
      'the way to name methods that Stripe took away',
      () => ({ ...sessionParams(), payment_method_types: ['card'] }),
      { param: 'payment_method_types', code: 'parameter_unknown' },
    ],
    [
      'a mode name of older versions',
      () => sessionParams({ ui_mode: 'hosted' }),
      { param: 'ui_mode', message: /must be one of elements, embedded_page, form, or hosted_page/ },
    ],
    [
      'an unknown parameter deep inside',
      () => sessionParams({ line_items: [{ ...line, colour: 'red' } as object] }),
      { param: 'line_items[0][colour]', code: 'parameter_unknown' },
    ],
    [
      'a quantity that is no integer',
      () => sessionParams({ line_items: [{ ...line, quantity: 1.5 }] }),
      { param: 'line_items[0][quantity]', code: 'parameter_invalid_integer' },
    ],
    [
      'a line without its quantity',
      () => sessionParams({ line_items: [{ price_data: line.price_data }] }),
      { param: 'line_items[0][quantity]', code: 'parameter_missing' },
    ],
    [
      'two currencies',
      () => sessionParams({ line_items: [line, { ...line, price_data: { ...line.price_data, currency: 'eur' } }] }),
      { param: 'line_items' },
    ],
    [
      'an unknown currency',
      () => sessionParams({ line_items: [{ ...line, price_data: { ...line.price_data, currency: 'zzz' } }] }),
      { param: 'line_items[0][price_data][currency]' },
    ],
    [
      'less than Stripe charges',
      () => sessionParams({ line_items: [{ ...line, price_data: { ...line.price_data, unit_amount: 49 } }] }),
      { code: 'amount_too_small', message: /at least \$0\.50 usd/ },
    ],
    [
      'a part of a krona',
      () =>
        sessionParams({
          line_items: [{ ...line, price_data: { ...line.price_data, currency: 'isk', unit_amount: 150_050 } }],
        }),
      { code: 'invalid_charge_amount_no_decimal_compatible', message: /Currency ISK .* divisible by 100/ },
    ],
    [
      'a third decimal that is not 0, though the total has one',
      () =>
        sessionParams({
          line_items: [
            { ...line, quantity: 10, price_data: { ...line.price_data, currency: 'kwd', unit_amount: 12_345 } },
          ],
        }),
      { code: 'invalid_charge_amount' },
    ],
    ['an end too near', () => sessionParams({ expires_at: inMinutes(29) }), { param: 'expires_at', message: /30 min/ }],
    ['an end too far', () => sessionParams({ expires_at: inMinutes(24 * 60 + 2) }), { param: 'expires_at' }],
    ['an e-mail that is none', () => sessionParams({ customer_email: 'ada' }), { code: 'email_invalid' }],
    ['an empty string', () => sessionParams({ client_reference_id: '' }), { code: 'parameter_invalid_empty' }],
    [
      'metadata that is too long',
      () => sessionParams({ metadata: { note: 'x'.repeat(501) } }),
      { message: /up to 500 characters/ },
    ],
    ['what the twin does not model', () => sessionParams({ discounts: [{ coupon: 'half' }] }), { param: 'discounts' }],
  ]

  test.each(refusals)('refuses %s', async (_name, params, expected) => {
    const { stripe } = await twinWithSdk()
    const error = await errorOf(stripe.checkout.sessions.create(params()))
    expect(error.statusCode).toBe(400)
    expect(error.rawType).toBe('invalid_request_error')
    expect(error.requestId).toMatch(/^req_/)
    if (expected.param) expect(error.param).toBe(expected.param)
    if (expected.code) expect(error).toMatchObject({ code: expected.code, doc_url: expect.stringContaining('http') })
    if (expected.message) expect(error.message).toMatch(expected.message)
  })
})

describe('ending a session', () => {
  test('an open one becomes expired, a second time is refused', async () => {
    const { stripe, received, twin } = await twinWithSdk()
    const { id } = await stripe.checkout.sessions.create(sessionParams())
    const expired = await stripe.checkout.sessions.expire(id)
    expect(expired).toMatchObject({ status: 'expired', payment_status: 'unpaid', url: null })
    const error = await errorOf(stripe.checkout.sessions.expire(id))
    expect(error.message).toContain('Only Checkout Sessions with a status in ["open"] can be expired.')
    await twin.control.settled()
    expect(received.map(({ event }) => event.type)).toEqual(['checkout.session.expired'])
  })

  test('a paid one stays complete', async () => {
    const { stripe, twin } = await twinWithSdk()
    const { id } = await stripe.checkout.sessions.create(sessionParams())
    twin.control.pay(id)
    expect((await errorOf(stripe.checkout.sessions.expire(id))).message).toContain('status of `complete`')
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'complete', payment_status: 'paid' })
  })

  test('one runs out by itself when its time is over', async () => {
    const { stripe, received, twin } = await twinWithSdk()
    const { id } = await stripe.checkout.sessions.create(sessionParams({ expires_at: inMinutes(31) }))
    await twin.control.advance(30 * 60_000)
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('open')
    await twin.control.advance(2 * 60_000)
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('expired')
    await twin.control.settled()
    expect(received.map(({ event }) => event.type)).toEqual(['checkout.session.expired'])
  })
})

describe('finding sessions', () => {
  test('lists newest first, in pages that the SDK walks', async () => {
    const { stripe } = await twinWithSdk()
    const made: string[] = []
    for (let index = 0; index < 7; index += 1) {
      made.unshift((await stripe.checkout.sessions.create(sessionParams())).id)
    }
    const first = await stripe.checkout.sessions.list({ limit: 3 })
    expect(first).toMatchObject({ object: 'list', has_more: true, url: '/v1/checkout/sessions' })
    expect(first.data.map(session => session.id)).toEqual(made.slice(0, 3))
    const all = await stripe.checkout.sessions.list({ limit: 3 }).autoPagingToArray({ limit: 100 })
    expect(all.map(session => session.id)).toEqual(made)
    const before = await stripe.checkout.sessions.list({ limit: 2, ending_before: String(made[4]) })
    expect(before.data.map(session => session.id)).toEqual(made.slice(2, 4))
  })

  test('filters by time, by payment intent and by status', async () => {
    const { stripe, twin } = await twinWithSdk()
    const early = await stripe.checkout.sessions.create(sessionParams())
    await twin.control.advance(3_600_000)
    const late = await stripe.checkout.sessions.create(sessionParams())
    const paid = twin.control.pay(late.id)
    const ids = async (params: object) => (await stripe.checkout.sessions.list(params)).data.map(({ id }) => id)
    expect(await ids({ created: { gt: early.created } })).toEqual([late.id])
    expect(await ids({ created: { lte: early.created } })).toEqual([early.id])
    expect(await ids({ created: late.created })).toEqual([late.id])
    expect(await ids({ payment_intent: paid.payment_intent })).toEqual([late.id])
    expect(await ids({ payment_intent: 'pi_none' })).toEqual([])
    expect(await ids({ status: 'open' })).toEqual([early.id])
  })

  test('expands references on every level', async () => {
    const { stripe, twin } = await twinWithSdk()
    const { id } = await stripe.checkout.sessions.create(sessionParams())
    twin.control.pay(id)
    const expand = ['payment_intent.latest_charge.balance_transaction', 'line_items.data.price.product']
    const session = await stripe.checkout.sessions.retrieve(id, { expand })
    expect(session).toMatchObject({
      payment_intent: { latest_charge: { amount: 3000, balance_transaction: { amount: 3000, net: 2883 } } },
      line_items: { data: [{ quantity: 2, amount_total: 3000, price: { product: { name: 'Standing' } } }] },
    })
    const page = await stripe.checkout.sessions.list({ expand: ['data.payment_intent'] })
    expect(page.data[0]?.payment_intent).toMatchObject({ object: 'payment_intent', status: 'succeeded' })
    const lines = await stripe.checkout.sessions.listLineItems(id)
    expect(lines.data[0]?.description).toBe('Standing')
    const error = await errorOf(stripe.checkout.sessions.retrieve(id, { expand: ['metadata'] }))
    expect(error.message).toContain('This property cannot be expanded (metadata).')
  })

  test('an unknown id is missing, an unknown address too', async () => {
    const { stripe, twin } = await twinWithSdk()
    const error = await errorOf(stripe.checkout.sessions.retrieve('cs_test_none'))
    expect(error).toMatchObject({ statusCode: 404, code: 'resource_missing', param: 'session' })
    const response = await fetch(`${twin.url}/v1/customers`, { headers: { authorization: `Bearer ${twin.secretKey}` } })
    expect(response.status).toBe(404)
  })
})

describe('who may call', () => {
  test.each([
    ['no key', {}, 401, /You did not provide an API key/],
    [
      'another key',
      { authorization: 'Bearer sk_test_0000000000000000' },
      401,
      /Invalid API Key provided: sk_test_\*+0000/,
    ],
    [
      'another version',
      { authorization: 'Bearer sk_test_twin', 'stripe-version': '2020-08-27' },
      400,
      /Invalid Stripe API version/,
    ],
  ])('%s is refused', async (_name, headers, status, message) => {
    const { twin } = await twinWithSdk()
    const response = await fetch(`${twin.url}/v1/account`, { headers: headers as Record<string, string> })
    expect(response.status).toBe(status)
    expect(((await response.json()) as { error: { message: string } }).error.message).toMatch(message)
  })

  test('a JSON body is refused, basic authentication is taken', async () => {
    const { twin } = await twinWithSdk()
    const authorization = `Basic ${Buffer.from(`${twin.secretKey}:`).toString('base64')}`
    const account = await fetch(`${twin.url}/v1/account`, { headers: { authorization } })
    expect(account.headers.get('stripe-version')).toBe('2026-10-28.endive')
    expect(account.status).toBe(200)
    const headers = { authorization, 'content-type': 'application/json' }
    const json = await fetch(`${twin.url}/v1/refunds`, { method: 'POST', headers, body: '{}' })
    expect(json.status).toBe(400)
  })
})
