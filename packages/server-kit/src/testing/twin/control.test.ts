import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { sessionParams, twinWithSdk } from '../../../test/stripeTwin.ts'
import { startStripeTwin } from './startStripeTwin.ts'

const remote = async () => {
  const setup = await twinWithSdk()
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${setup.twin.url}/_twin${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  return { ...setup, call }
}

test('another process pays, declines, abandons, advances the clock and looks at what happened', async () => {
  const { stripe, call } = await remote()
  const { id } = await stripe.checkout.sessions.create(sessionParams(), { idempotencyKey: 'attempt-1' })
  expect((await call('POST', `/sessions/${id}/decline`, { reason: 'lost_card' })).body.status).toBe('open')
  expect((await call('POST', `/sessions/${id}/abandon`)).body).toEqual({
    status: 'open',
    url: 'https://venue.test/gig#cancelled',
  })
  expect((await call('POST', `/sessions/${id}/pay`)).body).toMatchObject({ status: 'complete', payment_status: 'paid' })
  const { body } = await call('GET', '/requests')
  expect(body.requests).toMatchObject([
    {
      method: 'POST',
      path: '/v1/checkout/sessions',
      idempotencyKey: 'attempt-1',
      apiVersion: '2026-10-28.endive',
      status: 200,
      parameters: { mode: 'payment', line_items: { 0: { quantity: '2' } } },
    },
  ])
  const flushed = await call('POST', '/deliveries/flush')
  expect(flushed.body.deliveries).toHaveLength(7)
  const before = await call('GET', '/clock')
  const after = await call('POST', '/clock', { advanceMs: 86_400_000 })
  const passed = Date.parse(String(after.body.now)) - Date.parse(String(before.body.now))
  expect(Math.abs(passed - 86_400_000)).toBeLessThan(60_000)
  expect((await call('POST', '/reset')).body).toEqual({ reset: true })
  expect((await stripe.checkout.sessions.list()).data).toEqual([])
})

test('the way is shown to whoever asks', async () => {
  const { call } = await remote()
  const { body } = await call('GET', '')
  expect(body.routes).toContain('POST /_twin/sessions/:id/pay')
  expect(body.faults).toMatchObject({ deliveries: ['duplicate', 'delay', 'reorder', 'drop'] })
})

test('faults are set, listed and cleared', async () => {
  const { call, stripe } = await remote()
  const set = await call('POST', '/faults', { kind: 'rate_limit', times: 3, path: '/v1/refunds' })
  expect(set).toMatchObject({ status: 200, body: { kind: 'rate_limit', remaining: 3 } })
  expect((await call('GET', '/faults')).body.faults).toHaveLength(1)
  await call('DELETE', '/faults')
  expect((await stripe.refunds.list()).data).toEqual([])
})

test.each([
  ['POST', '/faults', { kind: 'meteor' }, 400, /no fault of the twin/],
  ['POST', '/sessions/cs_none/pay', {}, 404, /No such checkout.session/],
  ['POST', '/clock', { advanceMs: -1 }, 400, /advanceMs/],
  ['POST', '/deliveries/whd_none/resend', {}, 404, /No such delivery/],
  ['PUT', '/webhook', { url: 'nowhere' }, 400, /url/],
])('%s %s says what is wrong', async (method, path, body, status, message) => {
  const { call } = await remote()
  const answer = await call(method, path, body)
  expect(answer.status).toBe(status)
  expect((answer.body.error as { message: string }).message).toMatch(message)
})

test('a port that is taken gives one clear line', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await expect.poll(() => server.listening).toBe(true)
  const { port } = server.address() as AddressInfo
  await expect(startStripeTwin({ port })).rejects.toThrow(
    `The Stripe twin cannot listen on 127.0.0.1:${port}: something else listens there; free it or choose another port.`,
  )
})
