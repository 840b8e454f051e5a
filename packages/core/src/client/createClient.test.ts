import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { VenueKitError } from '../VenueKitError.ts'
import { type ClientOptions, createClient } from './createClient.ts'

type Answer = (request: Request) => Response | Promise<Response>

const eventId = '7c0d6a2e-3d8b-4f0e-9d43-0b8f6f6f2a11'
const orderId = '2b8f4a0e-8c53-4d5a-8c7f-0a8c1c8c3b22'
const feedId = '5a0f4a0e-8c53-4d5a-8c7f-0a8c1c8c3b33'

let requests: Request[]

beforeEach(() => {
  requests = []
  vi.useFakeTimers()
})

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

/** A client whose server gives these answers one after the other, the last one for ever. */
const clientOf = (answers: Answer[], options: Partial<ClientOptions> = {}) =>
  createClient({
    apiUrl: 'https://api.example/base/',
    publishableKey: 'vk_pub_demo',
    fetch: request => {
      const answer = answers[Math.min(requests.length, answers.length - 1)]
      requests.push(request)
      if (!answer) throw new Error('no answer is prepared')
      return answer(request)
    },
    ...options,
  })

const json = (body: unknown, status = 200, sent: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...sent } })

const problem = (code: string, status: number, more: Record<string, unknown> = {}, sent: Record<string, string> = {}) =>
  json(
    {
      type: `urn:venuekit:problem:${code}`,
      title: 'A title',
      status,
      code,
      retryable: false,
      requestId: 'r1',
      ...more,
    },
    status,
    sent,
  )

const settle = async <Result>(call: Promise<Result>): Promise<Result | VenueKitError> => {
  const settled = call.catch(error => error)
  await vi.runAllTimersAsync()
  return settled
}

const newOrder = {
  body: {
    eventId,
    items: [{ tierId: eventId, quantity: 1 }],
    buyer: { name: 'Ada', email: 'ada@example.com' },
    returnUrl: 'https://venue.example/',
  },
}

test('a public read is a simple request: the key in the address, no custom header', async () => {
  const client = clientOf([() => json({ event: {} })], { getToken: () => 'secret' })
  await client.getEvent({ params: { eventId } })
  expect(requests[0]?.url).toBe(`https://api.example/base/v1/events/${eventId}?key=vk_pub_demo`)
  expect([...(requests[0]?.headers ?? [])]).toEqual([])
})

test('a personal read carries the token and the key as headers once somebody is signed in', async () => {
  const client = clientOf([() => json({ items: [], nextCursor: null })], { getToken: async () => 'secret' })
  await client.listPosts({ params: { feedId }, query: { limit: 20 } })
  expect(requests[0]?.url).toBe(`https://api.example/base/v1/feeds/${feedId}/posts?limit=20`)
  expect(requests[0]?.headers.get('Authorization')).toBe('Bearer secret')
  expect(requests[0]?.headers.get('VenueKit-Key')).toBe('vk_pub_demo')
})

test('an order token travels in a header', async () => {
  const client = clientOf([() => json({ order: {} })])
  await client.getOrder({ params: { orderId } }, { orderToken: 'vko_1.a.b' })
  expect(requests[0]?.url).toBe(`https://api.example/base/v1/orders/${orderId}`)
  expect(requests[0]?.headers.get('VenueKit-Order-Token')).toBe('vko_1.a.b')
})

test("what the page's captcha gave travels in a header, and only where it gave something", async () => {
  const client = clientOf([() => json({ order: {} }, 201)])
  await client.createOrder(newOrder, { challenge: 'solved' })
  await client.createOrder(newOrder)
  expect(requests.map(request => request.headers.get('VenueKit-Challenge'))).toEqual(['solved', null])
})

test('retries keep the idempotency key, and each call has its own', async () => {
  const busy = () => problem('busy', 503, { retryable: true })
  const client = clientOf([busy, busy, () => json({ order: {} }, 201)])
  expect(await settle(client.createOrder(newOrder))).toEqual({ order: {} })
  const keys = requests.map(request => request.headers.get('Idempotency-Key'))
  expect(keys).toHaveLength(3)
  expect(new Set(keys).size).toBe(1)
  await settle(client.createOrder(newOrder))
  expect(requests[3]?.headers.get('Idempotency-Key')).not.toBe(keys[0])
})

test('what is not retryable is tried once, what is retryable three times', async () => {
  const refused = await settle(clientOf([() => problem('sold_out', 409)]).createOrder(newOrder))
  expect(refused).toMatchObject({ code: 'sold_out', status: 409, retryable: false })
  expect(requests).toHaveLength(1)
  requests = []
  const down = await settle(clientOf([() => Promise.reject(new TypeError('fetch failed'))]).createOrder(newOrder))
  expect(down).toMatchObject({ code: 'network', status: null, retryable: true })
  expect(requests).toHaveLength(3)
})

test('the server says how long to wait, in the problem or in Retry-After', async () => {
  const client = clientOf([
    () => problem('rate_limited', 429, { retryable: true, retryAfterMs: 4_000 }),
    () => problem('rate_limited', 429, { retryable: true }, { 'Retry-After': '6' }),
    () => json({ order: {} }),
  ])
  const call = client.createOrder(newOrder)
  await vi.advanceTimersByTimeAsync(3_999)
  expect(requests).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(requests).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(5_999)
  expect(requests).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(1)
  expect(requests).toHaveLength(3)
  await call
})

test('a wait longer than a person has is theirs to decide on', async () => {
  const client = clientOf([() => problem('rate_limited', 429, { retryable: true }, { 'Retry-After': '60' })])
  const error = await settle(client.createOrder(newOrder))
  expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 60_000 })
  expect(requests).toHaveLength(1)
})

test('a server that is silent ends in a timeout, attempt by attempt', async () => {
  const client = clientOf([() => new Promise(() => {})], { timeoutMs: 1_000 })
  const error = await settle(client.getEvent({ params: { eventId } }))
  expect(error).toMatchObject({ code: 'timeout', status: null, retryable: true })
  expect(requests).toHaveLength(3)
  expect(requests.every(request => request.signal.aborted)).toBe(true)
})

test('a caller who aborts is answered at once, in an attempt and between two', async () => {
  for (const answer of [() => new Promise<Response>(() => {}), () => problem('busy', 503, { retryable: true })]) {
    const controller = new AbortController()
    const call = clientOf([answer])
      .createOrder(newOrder, { signal: controller.signal })
      .catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(1)
    controller.abort()
    expect(await call).toMatchObject({ code: 'aborted', retryable: false })
  }
})

test('a call whose signal has aborted before sends nothing', async () => {
  const error = await settle(clientOf([() => json({})]).createOrder(newOrder, { signal: AbortSignal.abort() }))
  expect(error).toMatchObject({ code: 'aborted' })
  expect(requests).toHaveLength(0)
})

test('a refused token is asked for once more, and a fresh one is tried', async () => {
  const needs: boolean[] = []
  const client = clientOf([() => problem('unauthorized', 401), () => new Response(null, { status: 204 })], {
    getToken: ({ fresh }) => {
      needs.push(fresh)
      return fresh ? 'new' : 'old'
    },
  })
  expect(await settle(client.deletePost({ params: { postId: eventId } }))).toBeUndefined()
  expect(needs).toEqual([false, true])
  expect(requests.map(request => request.headers.get('Authorization'))).toEqual(['Bearer old', 'Bearer new'])
})

test('the same token again is not sent again', async () => {
  const client = clientOf([() => problem('unauthorized', 401)], { getToken: () => 'old' })
  expect(await settle(client.deletePost({ params: { postId: eventId } }))).toMatchObject({ code: 'unauthorized' })
  expect(requests).toHaveLength(1)
})

test('a code of a newer server reads as internal and keeps the rest', async () => {
  const client = clientOf([() => problem('moon_phase', 418, { detail: 'Wait for the new moon' })])
  const error = await settle(client.createOrder(newOrder))
  expect(error).toMatchObject({ code: 'internal', status: 418, retryable: false, requestId: 'r1' })
  expect(String(error)).toBe('VenueKitError: [POST] /v1/orders: 418 internal A title. Wait for the new moon')
})

test('answers in other words are invalid, and a broken gateway is worth a retry', async () => {
  const html = (status: number) => () =>
    new Response('<h1>Hello</h1>', { status, headers: { 'Content-Type': 'text/html' } })
  const page = await settle(clientOf([html(200)]).getEvent({ params: { eventId } }))
  expect(page).toMatchObject({ code: 'invalid_response', status: 200, retryable: false })
  expect((page as VenueKitError).message).toContain('the answer is text/html, not JSON')
  requests = []
  const proxy = await settle(
    clientOf([html(502), html(502), () => json({ event: {} })]).getEvent({ params: { eventId } }),
  )
  expect(proxy).toEqual({ event: {} })
})

test('fields of a problem reach the caller', async () => {
  const fields = { 'items.0.quantity': 'must be at least 1' }
  const error = await settle(clientOf([() => problem('invalid_request', 400, { fields })]).createOrder(newOrder))
  expect(error).toMatchObject({ code: 'invalid_request', fields })
})

test('an id that would reach another route is refused before it is sent', async () => {
  const client = clientOf([() => json({})])
  for (const id of ['', '.', '..']) {
    const error = await settle(client.getEvent({ params: { eventId: id } }))
    expect(error).toMatchObject({ code: 'invalid_request', status: null })
  }
  await client.getEvent({ params: { eventId: 'a/b?c' } })
  expect(requests.map(request => new URL(request.url).pathname)).toEqual(['/base/v1/events/a%2Fb%3Fc'])
})

test('an address that is none says so', async () => {
  const client = createClient({ apiUrl: 'not an address', publishableKey: 'vk_pub_demo' })
  const error = await settle(client.listEvents())
  expect(error).toMatchObject({ code: 'invalid_request' })
  expect((error as VenueKitError).message).toContain('check apiUrl')
})

test('validate decides what the caller gets', async () => {
  const strict = clientOf([() => json({ event: 1 })], {
    validate: (route, answer) => {
      throw new Error(`${route} answered ${JSON.stringify(answer)}`)
    },
  })
  const error = await settle(strict.getEvent({ params: { eventId } }))
  expect(error).toBeInstanceOf(VenueKitError)
  expect(error).toMatchObject({ code: 'invalid_response', detail: 'getEvent answered {"event":1}' })
})

test('a token that cannot be had is an error of the call, not a rejection elsewhere', async () => {
  const client = clientOf([() => json({})], { getToken: () => Promise.reject(new Error('signed out')) })
  expect(await settle(client.deletePost({ params: { postId: eventId } }))).toMatchObject({ code: 'unauthorized' })
  expect(requests).toHaveLength(0)
})

test('a stream is handed over open and ends with the signal', async () => {
  const encoder = new TextEncoder()
  const client = clientOf([
    () =>
      new Response(new ReadableStream({ start: controller => controller.enqueue(encoder.encode('data: 1\n\n')) }), {
        headers: { 'Content-Type': 'text/event-stream' },
      }),
  ])
  const controller = new AbortController()
  const stream = await client.live({ query: { feeds: feedId } }, { signal: controller.signal, timeoutMs: 1_000 })
  await vi.advanceTimersByTimeAsync(5_000)
  const reader = stream.getReader()
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('data: 1\n\n')
  expect(requests[0]?.signal.aborted).toBe(false)
  controller.abort()
  expect(requests[0]?.signal.aborted).toBe(true)
})
