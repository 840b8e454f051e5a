import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type CreateOrderResponse, createOrderResponse } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkInvariants } from '../../src/testing/checkInvariants.ts'
import { newTier, startTestKit, type TestKit } from '../../src/testing/startTestKit.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'

let postgres: TestPostgres
let place: TestDatabase
let stage: TestKit
beforeAll(async () => {
  postgres = await startTestPostgres()
  place = await postgres.createDatabase()
  stage = await startTestKit({}, { webhookUrl: '' }, async () => place.open())
})
afterAll(async () => {
  await stage?.close()
  await postgres?.stop()
})

const startServer = async (): Promise<{ child: ChildProcess; url: string }> => {
  const { secretKey, webhookSecret, account, url } = stage.twin
  const settings = { databaseUrl: place.appUrl, twinUrl: url, secretKey, webhookSecret, account }
  const program = new URL('./servedKit.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--conditions=@venuekit/source', program, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (!child.stdout) throw new Error('no output')
  const [line] = await once(child.stdout, 'data')
  return { child, url: `http://127.0.0.1:${Number(String(line))}` }
}

const clients = 12

test('SIGTERM under load: every acknowledged order is there, those under way are answered, the process ends with 0', async () => {
  const event = await stage.createEvent({
    tiers: [newTier({ priceMinor: 0, capacity: 5000 }), newTier({ name: 'Paid', capacity: 5000 })],
  })
  const { child, url } = await startServer()
  const acknowledged: CreateOrderResponse[] = []
  let underWay = 0
  let answeredAfterSignal = 0
  let signalled = false

  const order = async (tierId: string): Promise<boolean> => {
    underWay += 1
    try {
      const answer = await fetch(`${url}/v1/orders`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'VenueKit-Key': stage.venue.key,
          'Idempotency-Key': crypto.randomUUID(),
        },
        body: JSON.stringify({
          eventId: event.id,
          items: [{ tierId, quantity: 1 }],
          buyer: { name: 'Ada', email: 'ada@example.com' },
          returnUrl: `${stage.venue.origin}/`,
        }),
      })
      if (answer.status === 200) acknowledged.push(createOrderResponse.parse(await answer.json()))
      if (signalled) answeredAfterSignal += 1
      return answer.status === 200
    } catch {
      return false
    } finally {
      underWay -= 1
    }
  }
  const buy = async (index: number): Promise<void> => {
    while (await order(event.tiers[index % 2]?.id ?? '')) {
      if (acknowledged.length >= 60 && !signalled) {
        signalled = true
        expect(underWay).toBeGreaterThan(0)
        child.kill('SIGTERM')
      }
    }
  }
  const exited = once(child, 'exit')
  await Promise.all(Array.from({ length: clients }, (_, index) => buy(index)))
  expect((await exited)[0]).toBe(0)
  expect(answeredAfterSignal).toBeGreaterThan(0)
  expect(acknowledged.length).toBeGreaterThanOrEqual(60)

  const rows = await stage.database.withOwner(connection =>
    connection.query<{ id: string; status: string; tickets: number; sessions: number }>(
      `select o.order_id as id, o.status::text, (select count(*)::int from ticketing.tickets t where t.order_id = o.order_id)
         as tickets, (select count(*)::int from ticketing.attempts a where a.order_id = o.order_id and a.status = 'attached')
         as sessions
       from ticketing.orders o where o.event_id = $1`,
      [event.id],
    ),
  )
  const byId = new Map(rows.map(({ id, ...row }) => [id, row]))
  for (const { order: acked, checkout } of acknowledged) {
    const wanted =
      checkout.kind === 'free'
        ? { status: 'fulfilled', tickets: 1, sessions: 0 }
        : { status: 'reserved', tickets: 0, sessions: 1 }
    expect(byId.get(acked.id)).toEqual(wanted)
  }
  await stage.database.withOwner(checkInvariants)
})
