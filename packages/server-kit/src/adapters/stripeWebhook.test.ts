import { describe, expect, test } from 'vitest'
import { sessionParams, twinWithSdk } from '../../test/stripeTwin.ts'
import { signWebhook } from '../testing/twin/webhookSignature.ts'
import { stripeGateway } from './stripe.ts'

describe('a webhook', () => {
  const now = Date.parse('2026-11-02T10:00:00Z')
  const gateway = stripeGateway({
    secretKey: 'sk_test_1',
    webhookSecrets: ['whsec_new', 'whsec_old'],
    account: 'acct_own',
    clock: () => now,
  })
  const event = {
    id: 'evt_1',
    object: 'event',
    type: 'charge.refunded',
    livemode: false,
    data: { object: { id: 'ch_1', object: 'charge' } },
  }
  const sign = (body: string, { secret = 'whsec_new', ahead = 0 } = {}) =>
    signWebhook(body, [secret], now / 1000 + ahead)
  const body = JSON.stringify(event)

  test.each(['whsec_new', 'whsec_old'])('signed by %s is read', async secret => {
    expect(await gateway.parseWebhook(body, sign(body, { secret }))).toEqual({
      id: 'evt_1',
      type: 'charge.refunded',
      mode: 'test',
      account: null,
      objectId: 'ch_1',
      payload: event,
    })
  })

  test('in thin form reads as the same type of the same object', async () => {
    const thin = JSON.stringify({
      id: 'evt_2',
      object: 'v2.core.event',
      type: 'v1.charge.refunded',
      livemode: true,
      created: '2026-11-02T10:00:00.000Z',
      related_object: { id: 'ch_1', type: 'charge', url: '/v1/charges/ch_1' },
    })
    expect(await gateway.parseWebhook(thin, sign(thin))).toMatchObject({
      id: 'evt_2',
      type: 'charge.refunded',
      mode: 'live',
      objectId: 'ch_1',
    })
  })

  test('of another account says so, of the own one does not', async () => {
    const of = async (account: string) => {
      const other = JSON.stringify({ ...event, account })
      return (await gateway.parseWebhook(other, sign(other))).account
    }
    expect(await of('acct_other')).toBe('acct_other')
    expect(await of('acct_own')).toBeNull()
  })

  test.each([
    ['300 s old', -300],
    ['300 s ahead', 300],
  ])('%s is still taken', async (_name, ahead) => {
    expect((await gateway.parseWebhook(body, sign(body, { ahead }))).id).toBe('evt_1')
  })

  test.each([
    ['without a signature', body, null, /no Stripe-Signature header/],
    ['with an empty header', body, 'v1=abc', /holds no timestamp/],
    ['that was tampered with', body.replace('ch_1', 'ch_2'), sign(body), /fits none of the webhook secrets/],
    ['signed by another secret', body, sign(body, { secret: 'whsec_foreign' }), /fits none of the webhook secrets/],
    ['301 s old', body, sign(body, { ahead: -301 }), /301 s in the past.*clock/],
    ['301 s ahead', body, sign(body, { ahead: 301 }), /301 s in the future.*clock/],
    ['whose timestamp was changed', body, sign(body, { ahead: -900 }).replace(/t=\d+/, `t=${now / 1000}`), /fits none/],
    ['that is no JSON', 'hello', sign('hello'), /no JSON/],
    ['that is no event', '[]', sign('[]'), /no event/],
  ])('%s is refused with a mend', async (_name, text, header, message) => {
    await expect(gateway.parseWebhook(text, header)).rejects.toMatchObject({
      name: 'GatewayError',
      kind: 'bad_signature',
      message: expect.stringMatching(message),
    })
  })

  test('of the twin is read, in either form', async () => {
    const { twin, stripe, received } = await twinWithSdk()
    const { secretKey, account, webhookSecret } = twin
    const live = stripeGateway({ secretKey, account, webhookSecrets: [webhookSecret] })
    twin.control.setWebhook({ url: 'http://listener.test/', payload: 'both' })
    const { id } = await stripe.checkout.sessions.create(sessionParams())
    twin.control.pay(id)
    await twin.control.settled()
    const read = await Promise.all(received.map(({ body: raw, signature }) => live.parseWebhook(raw, signature)))
    expect(read.filter(({ type }) => type === 'checkout.session.completed').map(({ objectId }) => objectId)).toEqual([
      id,
      id,
    ])
  })
})
