import { describe, expect, test } from 'vitest'
import { errorOf, sessionParams, twinWithSdk } from '../../../test/stripeTwin.ts'

const paid = async (currency = 'usd') => {
  const setup = await twinWithSdk()
  const line = { quantity: 1, price_data: { currency, unit_amount: 3000, product_data: { name: 'Seat' } } }
  const { id } = await setup.stripe.checkout.sessions.create(sessionParams({ line_items: [line] }))
  const intent = String(setup.twin.control.pay(id).payment_intent)
  const [charge] = (await setup.stripe.charges.list({ payment_intent: intent })).data
  const types = async () => {
    await setup.twin.control.settled()
    return setup.received.splice(0).map(({ event }) => event.type)
  }
  await types()
  return { ...setup, intent, charge: charge?.id ?? '', types }
}

describe('a refund', () => {
  test('in parts, by intent or by charge, until nothing is left', async () => {
    const { stripe, intent, charge, types } = await paid()
    const first = await stripe.refunds.create({ payment_intent: intent, amount: 1000, metadata: { refund_id: 'r-1' } })
    expect(first).toMatchObject({ object: 'refund', amount: 1000, status: 'succeeded', charge, payment_intent: intent })
    expect(await types()).toEqual(['refund.created', 'charge.refunded', 'refund.updated', 'charge.refund.updated'])
    const tooMuch = await errorOf(stripe.refunds.create({ charge, amount: 2001 }))
    expect(tooMuch.message).toBe('Refund amount ($20.01) is greater than unrefunded amount on charge ($20.00)')
    const second = await stripe.refunds.create({ charge, reason: 'requested_by_customer' })
    expect(second).toMatchObject({ amount: 2000, reason: 'requested_by_customer' })
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 3000, refunded: true })
    const over = await errorOf(stripe.refunds.create({ charge }))
    expect(over).toMatchObject({ code: 'charge_already_refunded', statusCode: 400 })
    const ids = (await stripe.refunds.list({ payment_intent: intent })).data.map(refund => refund.id)
    expect(ids).toEqual([second.id, first.id])
    expect((await stripe.refunds.list({ charge: 'ch_none' })).data).toEqual([])
    expect((await stripe.refunds.retrieve(first.id)).metadata).toEqual({ refund_id: 'r-1' })
  })

  test.each([
    ['isk', 1050, 'invalid_charge_amount_no_decimal_compatible'],
    ['kwd', 1005, 'invalid_charge_amount'],
  ])('in %s of %i minor units is refused', async (currency, amount, code) => {
    const { stripe, charge } = await paid(currency)
    expect(await errorOf(stripe.refunds.create({ charge, amount }))).toMatchObject({ statusCode: 400, code })
    expect((await stripe.refunds.create({ charge, amount: 1000 })).amount).toBe(1000)
  })

  test('that stays pending counts at once and ends later', async () => {
    const { stripe, twin, charge, types } = await paid()
    twin.control.addFault({ kind: 'refund_pending' })
    const refund = await stripe.refunds.create({ charge, amount: 500 })
    expect(refund).toMatchObject({ status: 'pending', pending_reason: 'processing' })
    expect((await stripe.charges.retrieve(charge)).amount_refunded).toBe(500)
    await types()
    expect(twin.control.settleRefund(refund.id, true).status).toBe('succeeded')
    expect(await types()).toEqual(['refund.updated', 'charge.refund.updated'])
  })

  test('that was answered as pending may have failed right after', async () => {
    const { stripe, twin, charge } = await paid()
    twin.control.addFault({ kind: 'refund_fails' })
    const refund = await stripe.refunds.create({ charge, amount: 500 })
    expect(refund.status).toBe('pending')
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'failed' })
  })

  test('that succeeded may fail days later, and the charge has its money back', async () => {
    const { stripe, twin, charge, types } = await paid()
    const refund = await stripe.refunds.create({ charge })
    await types()
    const failed = twin.control.settleRefund(refund.id, false)
    expect(failed).toMatchObject({ status: 'failed', failure_reason: expect.any(String) })
    expect(await types()).toEqual(['refund.failed', 'refund.updated', 'charge.refund.updated'])
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 0, refunded: false })
    expect(() => twin.control.settleRefund(refund.id, true)).toThrow('status of failed')
  })

  test('made in the dashboard reaches us by its events', async () => {
    const { stripe, twin, charge, types } = await paid()
    const refund = twin.control.refundInDashboard(charge, { amount: 700 })
    expect(await types()).toContain('charge.refunded')
    expect((await stripe.refunds.retrieve(refund.id)).amount).toBe(700)
    const [event] = (await stripe.events.list({ type: 'refund.created' })).data
    expect(event?.request).toEqual({ id: null, idempotency_key: null })
  })

  test('of a payment that never succeeded is refused', async () => {
    const { stripe, twin } = await twinWithSdk()
    const { id } = await stripe.checkout.sessions.create(sessionParams())
    const { payment_intent: intent } = twin.control.decline(id)
    const error = await errorOf(stripe.refunds.create({ payment_intent: String(intent) }))
    expect(error.message).toContain('does not have a successful charge to refund')
    expect((await errorOf(stripe.refunds.create({}))).message).toContain('payment_intent or charge')
  })
})

describe('a dispute', () => {
  test('takes the money, blocks refunds and gives it back when won', async () => {
    const { stripe, twin, charge, intent, types } = await paid()
    const dispute = twin.control.dispute(charge)
    expect(dispute).toMatchObject({ status: 'needs_response', amount: 3000, payment_intent: intent })
    expect(await types()).toEqual(['charge.dispute.created', 'charge.dispute.funds_withdrawn'])
    expect(await errorOf(stripe.refunds.create({ charge }))).toMatchObject({ code: 'charge_disputed' })
    expect((await stripe.charges.retrieve(charge)).disputed).toBe(true)
    expect(twin.control.closeDispute(dispute.id, true).status).toBe('won')
    expect(await types()).toEqual(['charge.dispute.funds_reinstated', 'charge.dispute.closed'])
    const found = await stripe.disputes.retrieve(dispute.id)
    expect(found.balance_transactions.map(transaction => transaction.amount)).toEqual([-3000, 3000])
    expect((await stripe.disputes.list({ charge })).data).toHaveLength(1)
    expect(() => twin.control.closeDispute(dispute.id, false)).toThrow('is closed')
  })

  test('that is lost keeps the money away', async () => {
    const { twin, charge, types } = await paid()
    const dispute = twin.control.dispute(charge, { reason: 'product_not_received' })
    await types()
    expect(twin.control.closeDispute(dispute.id, false).status).toBe('lost')
    expect(await types()).toEqual(['charge.dispute.closed'])
  })

  test('that is an inquiry moves no money and allows refunds', async () => {
    const { stripe, twin, charge, types } = await paid()
    expect(twin.control.dispute(charge, { inquiry: true }).status).toBe('warning_needs_response')
    expect(await types()).toEqual(['charge.dispute.created'])
    expect((await stripe.refunds.create({ charge, amount: 100 })).status).toBe('succeeded')
  })
})
