import { describe, expect, test } from 'vitest'
import { errorOf, sdkFor, sessionParams, twinWithSdk } from '../../../test/stripeTwin.ts'
import { withMoreTime } from '../../../test/withMoreTime.ts'

const day = 24 * 60 * 60 * 1000

describe('an idempotency key', () => {
  test('brings the kept answer for the same request, also once the object has changed', async () => {
    const { stripe, twin } = await twinWithSdk()
    const first = await stripe.checkout.sessions.create(sessionParams(), { idempotencyKey: 'k' })
    twin.control.pay(first.id)
    const again = await stripe.checkout.sessions.create(sessionParams(), { idempotencyKey: 'k' })
    expect(again.id).toBe(first.id)
    expect(again.status).toBe('open')
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true')
    expect(again.lastResponse.headers['original-request']).toBe(first.lastResponse.requestId)
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined()
    expect((await stripe.checkout.sessions.list()).data).toHaveLength(1)
  })

  test('refuses another body and another address', async () => {
    const { stripe } = await twinWithSdk()
    const { id } = await stripe.checkout.sessions.create(sessionParams(), { idempotencyKey: 'k' })
    const changed = sessionParams({ client_reference_id: 'other' })
    const body = await errorOf(stripe.checkout.sessions.create(changed, { idempotencyKey: 'k' }))
    expect(body).toMatchObject({ rawType: 'idempotency_error', statusCode: 400 })
    expect(body.message).toContain('same parameters they were first used with')
    const address = await errorOf(stripe.checkout.sessions.expire(id, {}, { idempotencyKey: 'k' }))
    expect(address.message).toContain('same endpoint')
  })

  test('is forgotten after a day of the twin’s clock, not before', async () => {
    const { stripe, twin } = await twinWithSdk()
    const create = async () => (await stripe.checkout.sessions.create(sessionParams(), { idempotencyKey: 'k' })).id
    const first = await create()
    await twin.control.advance(day - 60_000)
    expect(await create()).toBe(first)
    await twin.control.advance(60_000)
    expect(await create()).not.toBe(first)
  })

  test('can be forgotten at once', async () => {
    const { stripe, twin } = await twinWithSdk()
    const create = async () => (await stripe.checkout.sessions.create(sessionParams(), { idempotencyKey: 'k' })).id
    const first = await create()
    twin.control.forgetKeys()
    expect(await create()).not.toBe(first)
  })

  test('keeps a refusal that work came to, and not one of a request that could not be read', async () => {
    const { stripe, twin } = await twinWithSdk()
    const { id } = await stripe.checkout.sessions.create(sessionParams())
    const charge = String(
      (await stripe.paymentIntents.retrieve(String(twin.control.pay(id).payment_intent))).latest_charge,
    )
    const dispute = twin.control.dispute(charge, { inquiry: true })
    const refund = (amount: number) => stripe.refunds.create({ charge, amount }, { idempotencyKey: 'r' })
    expect((await errorOf(refund(5000))).message).toContain('greater than unrefunded amount')
    expect((await errorOf(refund(5000))).headers?.['idempotent-replayed']).toBe('true')
    expect(dispute.status).toBe('warning_needs_response')

    const wrong = { ...sessionParams(), nonsense: 1 }
    await errorOf(stripe.checkout.sessions.create(wrong, { idempotencyKey: 's' }))
    const right = await stripe.checkout.sessions.create(sessionParams(), { idempotencyKey: 's' })
    expect(right.status).toBe('open')
  })

  test('meets a 409 while its first request is at work; the SDK tries again and gets that answer', () =>
    withMoreTime(300, async delayMs => {
      const { stripe, twin } = await twinWithSdk()
      twin.control.addFault({ kind: 'latency', delayMs })
      const create = (client: typeof stripe) =>
        client.checkout.sessions.create(sessionParams(), { idempotencyKey: 'k' })
      const slow = create(stripe)
      await expect.poll(() => twin.control.requests().length).toBe(1)
      expect(await errorOf(create(stripe))).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' })
      const patient = await create(sdkFor(twin, 5))
      expect(patient.id).toBe((await slow).id)
      expect((await stripe.checkout.sessions.list()).data).toHaveLength(1)
    }))
})
