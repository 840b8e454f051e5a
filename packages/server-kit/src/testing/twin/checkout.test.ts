import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { errorOf, sessionParams, twinWithSdk } from '../../../test/stripeTwin.ts'

const open = async (change: Stripe.Checkout.SessionCreateParams = {}) => {
  const setup = await twinWithSdk()
  const session = await setup.stripe.checkout.sessions.create(sessionParams(change))
  const types = async () => {
    await setup.twin.control.settled()
    return setup.received.splice(0).map(({ event }) => event.type)
  }
  return { ...setup, id: session.id, types }
}

describe('a payment', () => {
  test('makes intent, charge and balance, and tells of it in the order of Stripe', async () => {
    const { stripe, twin, id, types } = await open()
    const session = twin.control.pay(id)
    expect(session).toMatchObject({ status: 'complete', payment_status: 'paid', url: null })
    expect(await types()).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
      'charge.updated',
    ])
    const intent = await stripe.paymentIntents.retrieve(String(session.payment_intent), { expand: ['latest_charge'] })
    expect(intent).toMatchObject({
      status: 'succeeded',
      amount: 3000,
      amount_received: 3000,
      metadata: { order_id: 'order-1' },
      latest_charge: { paid: true, status: 'succeeded', amount_captured: 3000, metadata: { order_id: 'order-1' } },
    })
    const charges = await stripe.charges.list({ payment_intent: intent.id })
    expect(charges.data).toHaveLength(1)
    expect((await stripe.paymentIntents.list()).data.map(found => found.id)).toEqual([intent.id])
  })

  test('is refused a second time', async () => {
    const { twin, id } = await open()
    twin.control.pay(id)
    expect(() => twin.control.pay(id)).toThrow('status of `complete`')
  })

  test('of nothing completes without an intent', async () => {
    const line = { quantity: 1, price_data: { currency: 'usd', unit_amount: 0, product_data: { name: 'Guest' } } }
    const { twin, id, types } = await open({ line_items: [line] })
    expect(twin.control.pay(id)).toMatchObject({ payment_status: 'no_payment_required', payment_intent: null })
    expect(await types()).toEqual(['checkout.session.completed'])
  })
})

describe('a declined card', () => {
  test('leaves the session open and the intent waiting; the next card pays the same intent', async () => {
    const { stripe, twin, id, types } = await open()
    const declined = twin.control.decline(id, 'insufficient_funds')
    expect(declined).toMatchObject({ status: 'open', payment_status: 'unpaid' })
    expect(await types()).toEqual(['payment_intent.created', 'charge.failed', 'payment_intent.payment_failed'])
    const waiting = await stripe.paymentIntents.retrieve(String(declined.payment_intent))
    expect(waiting).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' },
    })
    const paid = twin.control.pay(id)
    expect(paid.payment_intent).toBe(declined.payment_intent)
    expect((await stripe.charges.list({ payment_intent: waiting.id })).data.map(charge => charge.status)).toEqual([
      'succeeded',
      'failed',
    ])
  })

  test('leaves an intent that is cancelled when the session ends', async () => {
    const { stripe, twin, id, types } = await open()
    const { payment_intent: intent } = twin.control.decline(id)
    await stripe.checkout.sessions.expire(id)
    expect((await stripe.paymentIntents.retrieve(String(intent))).status).toBe('canceled')
    expect((await types()).slice(-2)).toEqual(['payment_intent.canceled', 'checkout.session.expired'])
  })
})

describe('a delayed method', () => {
  test('completes unpaid and is paid later', async () => {
    const { stripe, twin, id, types } = await open()
    const pending = twin.control.pay(id, { method: 'us_bank_account' })
    expect(pending).toMatchObject({ status: 'complete', payment_status: 'unpaid' })
    expect(await types()).toEqual([
      'payment_intent.created',
      'charge.pending',
      'payment_intent.processing',
      'checkout.session.completed',
    ])
    expect(twin.control.settlePayment(id, true).payment_status).toBe('paid')
    expect(await types()).toEqual([
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.async_payment_succeeded',
      'charge.updated',
    ])
    const intent = await stripe.paymentIntents.retrieve(String(pending.payment_intent), { expand: ['latest_charge'] })
    expect(intent.latest_charge).toMatchObject({
      id: expect.stringMatching(/^py_/),
      payment_method_details: { type: 'us_bank_account', us_bank_account: { last4: '4242' } },
    })
  })

  test('completes unpaid and fails later', async () => {
    const { twin, id, types } = await open()
    twin.control.pay(id, { method: 'us_bank_account' })
    await types()
    expect(twin.control.settlePayment(id, false)).toMatchObject({ status: 'complete', payment_status: 'unpaid' })
    expect(await types()).toEqual([
      'charge.failed',
      'payment_intent.payment_failed',
      'checkout.session.async_payment_failed',
    ])
    expect(() => twin.control.settlePayment(id, true)).toThrow('has failed already')
  })

  test('is not offered where the session allows cards only', async () => {
    const { twin, id } = await open({ allowed_payment_method_types: ['card'] })
    expect(() => twin.control.pay(id, { method: 'us_bank_account' })).toThrow("does not take 'us_bank_account'")
  })

  test('a session that no method fits is refused', async () => {
    const { stripe } = await twinWithSdk()
    const params = sessionParams({ allowed_payment_method_types: ['sepa_debit'] })
    expect((await errorOf(stripe.checkout.sessions.create(params))).message).toContain('No valid payment method types')
  })
})
