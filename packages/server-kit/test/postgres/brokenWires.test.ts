import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { MigratableDatabase, SqlArguments, SqlFunctionName } from '../../src/ports/database.ts'
import { checkInvariants } from '../../src/testing/checkInvariants.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop, type TestShop } from '../../src/testing/testShop.ts'
import { withKindPools } from './hostilePool.ts'
import { startTcpProxy, type TcpProxy } from './tcpProxy.ts'

let postgres: TestPostgres
let place: TestDatabase
let proxy: TcpProxy
let near: MigratableDatabase
/** Gives up soon, or only where a machine is dead. */
let far: MigratableDatabase
let hasty: MigratableDatabase
let patient: MigratableDatabase
let shop: TestShop

beforeAll(async () => {
  postgres = await startTestPostgres()
  place = await postgres.createDatabase()
  const url = new URL(place.appUrl)
  proxy = await startTcpProxy(Number(url.port))
  url.port = String(proxy.port)
  near = place.open()
  // The wire is cut at the next answer, which is to be that of the COMMIT and not of a DISCARD ALL before it.
  const open = (timeoutMs: number) => {
    const timeouts = { statementTimeoutMs: timeoutMs, connectTimeoutMs: timeoutMs }
    return withKindPools(() => place.open({ connectionString: url.href, poolSize: 4, ...timeouts }))
  }
  hasty = open(400)
  patient = open(60_000)
})
beforeEach(async () => {
  proxy.set('open')
  far = hasty
  shop = await openTestShop(near, { tiers: [{ capacity: 20 }] })
})
afterAll(async () => {
  await hasty.close()
  await patient.close()
  await near.close()
  await proxy.close()
  await postgres.stop()
})

/** Calls again until an answer comes, as whoever calls the kit does. Answers also how often it was lost. */
const insist = async <Name extends SqlFunctionName>(name: Name, args: SqlArguments<Name>) => {
  for (let lost = 0; ; lost += 1) {
    try {
      return { answer: await far.call(name, args), lost }
    } catch (error) {
      expect(error).toMatchObject({ kind: 'unavailable' })
      if (lost > 20) throw error
    }
  }
}

const reservation = (): SqlArguments<'ticketing.reserve_order'> => ({
  event_id: shop.eventId,
  order_id: crypto.randomUUID(),
  venue_id: shop.venueId,
  client_key: crypto.randomUUID(),
  request_hash: 'h',
  items: [{ tierId: shop.tierIds[0] ?? '', quantity: 2 }],
  buyer: { name: 'Ada', email: 'ada@example.com' },
  return_url: 'https://venue.example/',
  locale: null,
  expected_total_minor: null,
  origin: null,
})

/** The life of an order, each call of it with the wire broken first. */
const live = async (breakWire: () => void): Promise<number> => {
  let losses = 0
  const call = async <Name extends SqlFunctionName>(name: Name, args: SqlArguments<Name>) => {
    await far.call('venuekit.read_clock', {}).catch(() => {})
    breakWire()
    const { answer, lost } = await insist(name, args)
    losses += lost
    return answer
  }
  const wanted = reservation()
  expect(await call('ticketing.reserve_order', wanted)).toMatchObject({
    outcome: 'reserved',
    order: { id: wanted.order_id },
  })
  const own = { event_id: shop.eventId, order_id: wanted.order_id }
  const attempt = { ...own, attempt_id: crypto.randomUUID(), account: 'acct_test' }
  const begun = await call('ticketing.begin_checkout', { ...attempt, mode: 'test', ui: 'redirect', params: {} })
  expect(begun).toMatchObject({ outcome: 'begun', attempt: { attemptId: attempt.attempt_id } })
  const sessionId = `cs_${attempt.attempt_id}`
  const session = { session_id: sessionId, url: 'https://pay.example', client_secret: null }
  const attached = await call('ticketing.attach_checkout', {
    ...attempt,
    ...session,
    session_expires_at: 4_000_000_000,
  })
  expect(attached).toMatchObject({ outcome: 'attached' })
  const payment = shop.payment(sessionId, { amountMinor: 2000 })
  const completed = await call('ticketing.complete_order_atomic', { ...own, payment, source: { kind: 'webhook' } })
  expect(['issued', 'replayed']).toContain(completed.outcome)
  const refund = { ...own, refund_id: crypto.randomUUID(), payment_id: null, amount_minor: 700, ticket_ids: null }
  const requested = await call('ticketing.request_refund', { ...refund, actor: 'Ida', reason: null })
  expect(['requested', 'exists']).toContain(requested.outcome)
  return losses
}

/** What one order of two tickets with a refund of 700 leaves, once. */
const once = {
  orders: 1,
  tickets: 2,
  payments: 1,
  refunds: 1,
  reserved_back: 700,
  mails: 1,
}
const written = () =>
  shop.query(
    `select (select count(*)::int from ticketing.orders where event_id = $1) as orders,
       (select count(*)::int from ticketing.tickets where event_id = $1) as tickets,
       (select count(*)::int from ticketing.payments where event_id = $1) as payments,
       (select count(*)::int from ticketing.refunds where event_id = $1) as refunds,
       (select sum(refund_reserved_minor)::int from ticketing.payments where event_id = $1) as reserved_back,
       (select count(*)::int from venuekit.outbox where event_id = $1 and kind = 'tickets') as mails`,
    [shop.eventId],
  )

test('a connection that is cut right after each COMMIT: asked again, the same answer, and nothing twice', async () => {
  far = patient
  for (let round = 0; round < 5; round += 1) {
    shop = await openTestShop(near, { tiers: [{ capacity: 20 }] })
    expect(await live(() => proxy.set('cut_after_commit'))).toBe(5)
    expect(await written()).toEqual([once])
  }
  await near.withOwner(checkInvariants)
})

test('a wire that swallows everything gives time-outs, and once it is open again the same answers', async () => {
  const losses = await live(() => {
    proxy.set('blackhole')
    setTimeout(() => proxy.set('open'), 200)
  })
  expect(losses).toBeGreaterThanOrEqual(1)
  expect(await written()).toEqual([once])
  await near.withOwner(checkInvariants)
})

test('a wire that pauses delivers late what the client has given up: still once', async () => {
  const losses = await live(() => {
    proxy.set('paused')
    setTimeout(() => proxy.set('open'), 500)
  })
  expect(losses).toBeGreaterThanOrEqual(1)
  expect(await written()).toEqual([once])
  await near.withOwner(checkInvariants)
})

/** Small and seeded: mulberry32. */
const randomOf = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

test('paid and expired in the same instant, 200 seeded interleavings: the tickets are there each time, once', async () => {
  shop = await openTestShop(near, { tiers: [{ capacity: 400 }] })
  const turns = async (count: number) => {
    for (let turn = 0; turn < count; turn += 1) await new Promise(resolve => setImmediate(resolve))
  }
  const seen: Record<string, number> = {}
  for (let seed = 0; seed < 200; seed += 1) {
    const random = randomOf(seed)
    const wait = () => turns(Math.floor(random() * 12))
    const orderId = await shop.hold()
    const { attemptId, sessionId } = await shop.checkout(orderId)
    await shop.query("update ticketing.orders set hold_expires_at = '2000-01-01' where order_id = $1", [orderId])
    const expire = async () => {
      await wait()
      await near.call('ticketing.begin_expiry', { event_id: shop.eventId, max_orders: 10 })
      await wait()
      await shop.settle(orderId, attemptId, 'expired')
    }
    const pay = async () => {
      await wait()
      await wait()
      return shop.complete(orderId, shop.payment(sessionId))
    }
    const [{ outcome }] = await Promise.all([pay(), expire()])
    seen[outcome] = (seen[outcome] ?? 0) + 1
    expect(await shop.orderStatus(orderId), `seed ${seed}`).toBe('fulfilled')
  }
  expect(Object.values(seen).reduce((sum, count) => sum + count, 0)).toBe(200)
  expect(Object.keys(seen).filter(outcome => !['issued', 'issued_late'].includes(outcome))).toEqual([])
  expect(await shop.counters()).toEqual({ [shop.tierIds[0] ?? '']: { reserved: 0, issued: 200 } })
  await near.withOwner(checkInvariants)
})
