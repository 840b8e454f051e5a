import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { DatabaseError } from '../../src/ports/databaseError.ts'
import { checkInvariants } from '../../src/testing/checkInvariants.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop, type TestShop } from '../../src/testing/testShop.ts'
import { withMoreTime } from '../withMoreTime.ts'

/** A TCP proxy that can swallow what passes, in one direction or both, without ever closing a connection. */
interface Blackhole {
  port: number
  /** Bytes of new and old connections alike go nowhere. */
  swallow(direction: 'answers' | 'all'): void
  heal(): void
  /** Resolves when something was swallowed. */
  swallowed(): Promise<void>
  close(): void
}

const openBlackhole = async (targetPort: number): Promise<Blackhole> => {
  let swallowing: 'answers' | 'all' | null = null
  let tell: () => void = () => {}
  let swallowed = Promise.resolve()
  const sockets = new Set<Socket>()
  const pass = (from: Socket, to: Socket, direction: 'requests' | 'answers'): void => {
    from.on('data', chunk => {
      if (swallowing === 'all' || swallowing === direction) tell()
      else to.write(chunk)
    })
    from.on('error', () => {})
    from.on('close', () => to.destroy())
    sockets.add(from)
  }
  const server: Server = createServer(client => {
    const upstream = connect(targetPort, '127.0.0.1')
    pass(client, upstream, 'requests')
    pass(upstream, client, 'answers')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    swallow(direction) {
      swallowing = direction
      swallowed = new Promise(resolve => {
        tell = resolve
      })
    },
    heal() {
      swallowing = null
    },
    swallowed: () => swallowed,
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

let postgres: TestPostgres
let place: TestDatabase
let direct: MigratableDatabase
let shop: TestShop
let hole: Blackhole
let through: MigratableDatabase

beforeAll(async () => {
  postgres = await startTestPostgres()
  place = await postgres.createDatabase()
  direct = place.open()
})
afterEach(() => direct.withOwner(checkInvariants))
afterAll(async () => {
  await direct.close()
  await postgres.stop()
})

/** In a shop and through a hole of its own, by a database that gives up after that time. */
const throughHole = (work: (timeoutMs: number) => Promise<void>): Promise<void> =>
  withMoreTime(400, async timeoutMs => {
    shop = await openTestShop(direct, { tiers: [{ priceMinor: 0, capacity: 100 }] })
    hole = await openBlackhole(Number(new URL(place.appUrl).port))
    const url = new URL(place.appUrl)
    url.port = String(hole.port)
    through = place.open({
      connectionString: url.href,
      poolSize: 2,
      statementTimeoutMs: timeoutMs,
      connectTimeoutMs: timeoutMs,
    })
    try {
      await work(timeoutMs)
    } finally {
      hole.close()
      await through.close()
    }
  })

const gift = (database: MigratableDatabase, key: string) =>
  database.call('ticketing.create_house_order', {
    event_id: shop.eventId,
    order_id: crypto.randomUUID(),
    kind: 'comp',
    client_key: `comp ${key}`,
    request_hash: 'h',
    items: [{ tierId: shop.tierIds[0] ?? '', quantity: 1 }],
    buyer: { name: 'Grace', email: 'grace@example.com' },
    payment: null,
    source: { kind: 'comp', actor: 'Ida' },
  })

const timed = async (work: Promise<unknown>): Promise<{ kind: string; elapsedMs: number }> => {
  const begun = performance.now()
  const kind = await work.then(
    () => 'answered',
    error => (error instanceof DatabaseError ? error.kind : String(error)),
  )
  return { kind, elapsedMs: performance.now() - begun }
}

test('a half-open connection is given up after the time-out, and the next call has another one', () =>
  throughHole(async timeoutMs => {
    expect(await through.call('venuekit.read_clock', {})).toHaveProperty('now')
    hole.swallow('all')
    const lost = await timed(through.call('venuekit.read_clock', {}))
    expect(lost.kind).toBe('unavailable')
    expect(lost.elapsedMs).toBeLessThan(7 * timeoutMs)
    hole.heal()
    expect(await through.call('venuekit.read_clock', {})).toHaveProperty('now')
  }))

test('a server that cannot be reached at all is told within the time-out of connecting', () =>
  throughHole(async timeoutMs => {
    hole.swallow('all')
    const calls = await Promise.all([1, 2, 3].map(() => timed(through.call('venuekit.read_clock', {}))))
    for (const { kind, elapsedMs } of calls) {
      expect(kind).toBe('unavailable')
      expect(elapsedMs).toBeLessThan(7 * timeoutMs)
    }
  }))

test('an answer that is lost after the commit changes nothing: the same call again gives the same order', () =>
  throughHole(async () => {
    await through.call('venuekit.read_clock', {})
    const key = crypto.randomUUID()
    hole.swallow('answers')
    const first = timed(gift(through, key))
    await hole.swallowed()
    expect((await first).kind).toBe('unavailable')
    hole.heal()
    const again = await gift(through, key)
    expect(again.outcome).toBe('issued')
    expect(await gift(direct, key)).toEqual(again)
    expect(await shop.counters()).toEqual({ [shop.tierIds[0] ?? '']: { reserved: 0, issued: 1 } })
  }))

test('all connections lost at once do not starve the pool', () =>
  throughHole(async () => {
    await Promise.all([1, 2].map(() => through.call('venuekit.read_clock', {})))
    hole.swallow('all')
    const lost = await Promise.all([1, 2, 3, 4].map(() => timed(through.call('venuekit.read_clock', {}))))
    expect(new Set(lost.map(({ kind }) => kind))).toEqual(new Set(['unavailable']))
    hole.heal()
    const healed = await Promise.all([1, 2, 3, 4].map(() => timed(through.call('venuekit.read_clock', {}))))
    expect(new Set(healed.map(({ kind }) => kind))).toEqual(new Set(['answered']))
  }))
