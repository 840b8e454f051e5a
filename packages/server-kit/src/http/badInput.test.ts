import type { AdminEvent, CreateOrderResponse } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseImage } from '../testing/databaseImage.ts'
import type { HttpCall } from '../testing/httpCaller.ts'
import { createOrderDesk, type OrderDesk } from '../testing/orderDesk.ts'
import { createVenue, newTier, startTestKit, type TestKit, type TestVenue } from '../testing/startTestKit.ts'

let stage: TestKit
let desk: OrderDesk
let event: AdminEvent
let otherEvent: AdminEvent
let placed: CreateOrderResponse
let foreign: TestVenue

beforeAll(async () => {
  stage = await startTestKit()
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  event = await stage.createEvent({ tiers: [newTier(), newTier({ name: 'Balcony' })] })
  otherEvent = await stage.createEvent()
  placed = await desk.order(event)
  foreign = await createVenue(stage.database, 'https://other.example')
}, 60_000)
afterAll(() => stage.close())

/** A cart with its first line changed. */
const withLine = (change: object) => {
  const cart = desk.cart(event)
  return { ...cart, items: cart.items.map(item => ({ ...item, ...change })) }
}

interface Case {
  what: string
  body: () => unknown
  call?: () => HttpCall
  status: number
  code: string
  field?: string
}

const invalid = (what: string, body: () => unknown, field: string, call?: () => HttpCall): Case => ({
  what,
  body,
  status: 400,
  code: 'invalid_request',
  field,
  ...(call ? { call } : {}),
})

const carts: Case[] = [
  invalid('an unknown tier', () => withLine({ tierId: crypto.randomUUID() }), 'items.0.tierId'),
  invalid("another event's tier", () => withLine({ tierId: otherEvent.tiers[0]?.id }), 'items.0.tierId'),
  invalid('quantity 0', () => withLine({ quantity: 0 }), 'items.0.quantity'),
  invalid('a negative quantity', () => withLine({ quantity: -1 }), 'items.0.quantity'),
  invalid('a fractional quantity', () => withLine({ quantity: 1.5 }), 'items.0.quantity'),
  invalid('a quantity as text', () => withLine({ quantity: '1' }), 'items.0.quantity'),
  invalid('a quantity beyond any event', () => withLine({ quantity: 1001 }), 'items.0.quantity'),
  {
    what: "a quantity over the event's maximum",
    body: () => withLine({ quantity: 99 }),
    status: 422,
    code: 'limit_exceeded',
    field: 'items',
  },
  invalid(
    'one tier on two lines',
    () => ({ ...desk.cart(event), items: [...desk.cart(event).items, ...desk.cart(event).items] }),
    'items',
  ),
  invalid(
    'one tier on two lines, once in capitals',
    () => {
      const [line] = desk.cart(event).items
      return { ...desk.cart(event), items: [line, { ...line, tierId: line?.tierId.toUpperCase() }] }
    },
    'items',
  ),
  invalid('no line', () => ({ ...desk.cart(event), items: [] }), 'items'),
  invalid('an unknown field', () => ({ ...desk.cart(event), discount: 100 }), 'discount'),
  invalid('an unknown field in a line', () => withLine({ priceMinor: 1 }), 'items.0.priceMinor'),
  invalid('no buyer', () => ({ ...desk.cart(event), buyer: undefined }), 'buyer'),
  invalid('an address that is none', () => ({ ...desk.cart(event), buyer: { name: 'A', email: 'a@' } }), 'buyer.email'),
  invalid(
    'a name of two lines',
    () => ({ ...desk.cart(event), buyer: { name: 'A\nB', email: 'a@b.co' } }),
    'buyer.name',
  ),
  invalid('a body that is no object', () => [1], 'body'),
  invalid(
    'a return to another origin',
    () => ({ ...desk.cart(event), returnUrl: 'https://evil.example/' }),
    'returnUrl',
  ),
  invalid(
    'a return to another port',
    () => ({ ...desk.cart(event), returnUrl: `${stage.venue.origin}:8443/` }),
    'returnUrl',
  ),
  invalid('a return by script', () => ({ ...desk.cart(event), returnUrl: 'javascript:alert(1)' }), 'returnUrl'),
  invalid(
    'a return to a look-alike',
    () => ({ ...desk.cart(event), returnUrl: `${stage.venue.origin}@evil.example/` }),
    'returnUrl',
  ),
  invalid(
    'no idempotency key',
    () => desk.cart(event),
    'Idempotency-Key',
    () => ({ idempotencyKey: '' }),
  ),
  invalid(
    'a short idempotency key',
    () => desk.cart(event),
    'Idempotency-Key',
    () => ({ idempotencyKey: 'k' }),
  ),
  {
    what: 'an unknown event',
    body: () => ({ ...desk.cart(event), eventId: crypto.randomUUID() }),
    status: 404,
    code: 'not_found',
  },
  {
    what: "another venue's key",
    body: () => ({ ...desk.cart(event), returnUrl: 'https://other.example/' }),
    call: () => ({ key: foreign.key, origin: foreign.origin }),
    status: 404,
    code: 'not_found',
  },
  {
    what: 'a foreign origin',
    body: () => desk.cart(event),
    call: () => ({ origin: 'https://evil.example' }),
    status: 403,
    code: 'forbidden',
  },
  { what: 'no key', body: () => desk.cart(event), call: () => ({ key: null }), status: 403, code: 'forbidden' },
  {
    what: 'an unknown key',
    body: () => desk.cart(event),
    call: () => ({ key: 'vk_pub_nobody' }),
    status: 403,
    code: 'forbidden',
  },
  {
    what: 'a body of another type',
    body: () => undefined,
    call: () => ({ rawBody: JSON.stringify(desk.cart(event)), headers: { 'content-type': 'text/plain' } }),
    status: 400,
    code: 'invalid_request',
  },
  {
    what: 'a body that is no JSON',
    body: () => undefined,
    call: () => ({ rawBody: '{"eventId": ' }),
    status: 400,
    code: 'invalid_request',
  },
  {
    what: 'a body without content',
    body: () => undefined,
    call: () => ({ rawBody: '' }),
    status: 400,
    code: 'invalid_request',
  },
  {
    what: 'text that Postgres cannot hold',
    body: () => ({ ...desk.cart(event), buyer: { name: 'Half a pair: \ud800', email: 'a@b.co' } }),
    status: 400,
    code: 'invalid_request',
  },
  {
    what: 'an oversized body',
    body: () => ({ ...desk.cart(event), buyer: { name: 'A'.repeat(70_000), email: 'a@b.co' } }),
    status: 413,
    code: 'payload_too_large',
  },
]

test.each(carts)('an order with $what is refused and changes nothing', async ({ body, call, status, code, field }) => {
  const before = await databaseImage(stage.database)
  const requests = stage.twin.control.requests().length
  const answer = await desk.send(body(), call?.())
  const problem = answer.problem()
  expect({ status: answer.status, code: problem.code }).toEqual({ status, code })
  expect(problem).toMatchObject({ status, type: `urn:venuekit:problem:${code}`, retryable: false })
  expect(problem.requestId).toBe(answer.headers.get('x-request-id'))
  if (field !== undefined) expect(Object.keys(problem.fields ?? {})).toEqual([field])
  expect(JSON.stringify(problem.fields ?? {})).not.toContain('Invalid input"')
  expect(await databaseImage(stage.database)).toEqual(before)
  expect(stage.twin.control.requests()).toHaveLength(requests)
})

const tokens: [string, () => string][] = [
  ['no token', () => ''],
  ['garbage', () => 'vko_x.y.z'],
  ['a changed token', () => placed.orderToken.replace(/.$/, last => (last === 'A' ? 'E' : 'A'))],
  ["another key's token", () => placed.orderToken.replace('vko_test', 'vko_other')],
]

test.each(tokens)('an order is not shown, synced, resumed or cancelled by %s', async (_what, token) => {
  const before = await databaseImage(stage.database)
  for (const [method, path] of [
    ['GET', ''],
    ['POST', '/sync'],
    ['POST', '/checkout'],
    ['DELETE', ''],
  ] as const) {
    const answer = await stage.call(method, `/v1/orders/${placed.order.id}${path}`, { orderToken: token() })
    expect(answer.problem()).toMatchObject({ status: 401, code: 'unauthorized' })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  }
  expect(await databaseImage(stage.database)).toEqual(before)
})

test("one order's token does not open another order, nor does it work through another venue's key", async () => {
  const { orderToken } = await desk.order(event)
  const crossed = await stage.call('GET', `/v1/orders/${placed.order.id}`, { orderToken })
  expect(crossed.problem()).toMatchObject({ status: 401, code: 'unauthorized' })
  const { key, origin } = foreign
  const through = await stage.call('GET', `/v1/orders/${placed.order.id}`, {
    orderToken: placed.orderToken,
    key,
    origin,
  })
  expect(through.problem()).toMatchObject({ status: 403, code: 'forbidden' })
})

test('an order token that was replaced is worthless', async () => {
  const recalled = await desk.order(event)
  await stage.database.withOwner(connection =>
    connection.query('update ticketing.orders set token_version = 2 where order_id = $1', [recalled.order.id]),
  )
  const { orderToken, order } = recalled
  expect((await stage.call('GET', `/v1/orders/${order.id}`, { orderToken })).problem().code).toBe('unauthorized')
})

const reads: [string, string, string][] = [
  ['an unknown parameter', '/v1/events?colour=red', 'colour'],
  ['a limit of 0', '/v1/events?limit=0', 'limit'],
  ['a limit that is no number', '/v1/events?limit=ten', 'limit'],
  ['a parameter twice', '/v1/events?limit=1&limit=2', 'limit'],
  ['a garbage cursor', '/v1/events?cursor=!!!', 'cursor'],
  ['an id that is none', '/v1/events/42', 'eventId'],
]

test.each(reads)('a read with %s is refused by name', async (_what, path, field) => {
  const problem = (await stage.call('GET', path)).problem()
  expect(problem).toMatchObject({ status: 400, code: 'invalid_request' })
  expect(Object.keys(problem.fields ?? {})).toEqual([field])
})

test("another venue's event is not found", async () => {
  const { key, origin } = foreign
  expect((await stage.call('GET', `/v1/events/${event.id}`, { key, origin })).problem().code).toBe('not_found')
})
