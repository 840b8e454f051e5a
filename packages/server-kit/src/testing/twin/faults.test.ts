import { describe, expect, test } from 'vitest'
import { errorOf, sdkFor, sessionParams, twinWithSdk } from '../../../test/stripeTwin.ts'
import { createFaults } from './faults.ts'

const key = { idempotencyKey: 'k' }

describe('a fault of the API', () => {
  test('a lost answer: the work is done, and the SDK’s retry under the same key finds it', async () => {
    const { stripe, twin } = await twinWithSdk()
    // Whatever its settings, the SDK tries once more after a connection that broke.
    twin.control.addFault({ kind: 'lost_answer', method: 'POST', path: '/v1/checkout/sessions', times: 2 })
    const lost = await errorOf(stripe.checkout.sessions.create(sessionParams(), key))
    expect(lost.type).toBe('StripeConnectionError')
    const [made] = (await stripe.checkout.sessions.list()).data
    const again = await stripe.checkout.sessions.create(sessionParams(), key)
    expect(again.id).toBe(made?.id)
    expect(twin.control.faults()).toEqual([])
  })

  test('a lost request: nothing was done', async () => {
    const { stripe, twin } = await twinWithSdk()
    twin.control.addFault({ kind: 'lost_request', times: 2 })
    expect((await errorOf(stripe.checkout.sessions.create(sessionParams()))).type).toBe('StripeConnectionError')
    expect((await stripe.checkout.sessions.list()).data).toEqual([])
  })

  test('a time-out after the work', async () => {
    const { stripe, twin } = await twinWithSdk()
    twin.control.addFault({ kind: 'timeout' })
    const hasty = sdkFor(twin, 0, 200)
    expect((await errorOf(hasty.checkout.sessions.create(sessionParams(), key))).type).toBe('StripeConnectionError')
    expect((await stripe.checkout.sessions.list()).data).toHaveLength(1)
    expect((await stripe.checkout.sessions.create(sessionParams(), key)).status).toBe('open')
    expect((await stripe.checkout.sessions.list()).data).toHaveLength(1)
  })

  test('a 5xx before the work, one after it, and a rate limit', async () => {
    const { stripe, twin } = await twinWithSdk()
    const count = async () => (await stripe.checkout.sessions.list()).data.length
    twin.control.addFault({ kind: 'error', status: 503, method: 'POST' })
    expect(await errorOf(stripe.checkout.sessions.create(sessionParams(), key))).toMatchObject({ statusCode: 503 })
    expect(await count()).toBe(0)
    twin.control.addFault({ kind: 'error_after', method: 'POST' })
    expect(await errorOf(stripe.checkout.sessions.create(sessionParams(), key))).toMatchObject({ statusCode: 502 })
    expect(await count()).toBe(1)
    twin.control.addFault({ kind: 'rate_limit', method: 'POST' })
    const limited = await errorOf(stripe.checkout.sessions.create(sessionParams(), key))
    expect(limited).toMatchObject({ statusCode: 429, code: 'rate_limit', type: 'StripeRateLimitError' })
    expect((await stripe.checkout.sessions.create(sessionParams(), key)).object).toBe('checkout.session')
    expect(await count()).toBe(1)
  })

  test('strikes where its scope says, as often as it says', async () => {
    const { stripe, twin } = await twinWithSdk()
    const { id } = await stripe.checkout.sessions.create(sessionParams())
    twin.control.addFault({ kind: 'error', path: '/v1/checkout/sessions/*', times: 2 })
    expect((await stripe.accounts.retrieveCurrent()).id).toBe(twin.account)
    await errorOf(stripe.checkout.sessions.retrieve(id))
    await errorOf(stripe.checkout.sessions.expire(id))
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('open')
    expect(twin.control.requests().map(request => request.fault)).toEqual([null, null, 'error', 'error', null])
  })
})

describe('the faults table', () => {
  test('says what is wrong with a fault that is none', () => {
    const faults = createFaults()
    expect(() => faults.add({ kind: 'meteor' })).toThrow(/no fault of the twin/)
    expect(() => faults.add({ kind: 'error', status: 500, mood: 'bad' })).toThrow(/mood/)
    expect(() => faults.add({ kind: 'drop', times: 0 })).toThrow(/no fault of the twin/)
  })
})
