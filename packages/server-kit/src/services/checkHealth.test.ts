import { type AdminEvent, eventHealth, health } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { testSecrets } from '../testing/testSecrets.ts'

let stage: TestKit
beforeAll(async () => {
  stage = await startTestKit()
}, 60_000)
afterAll(() => stage.close())

const [bearer] = testSecrets.adminKeys
const admin = (path: string) => stage.call('GET', `/v1/admin${path}`, { key: null, origin: null, bearer })
const healthOf = async ({ id }: AdminEvent) => (await admin(`/events/${id}/health`)).read(eventHealth)
const platform = async () => (await admin('/health')).read(health)
const run = (sql: string, ...parameters: unknown[]) =>
  stage.database.withOwner(async connection => void (await connection.query(sql, parameters)))
const minutes = (count: number) => stage.twin.control.advance(count * 60_000)
const check = async () => {
  await minutes(6)
  await stage.kit.jobs.run('send-messages')
  await stage.kit.jobs.run('check-health')
  await stage.kit.drain()
}

const sellAtTheDoor = async (event: AdminEvent, quantity: number): Promise<string> => {
  const orderId = crypto.randomUUID()
  const [tier] = event.tiers
  const reserved = await stage.database.call('ticketing.reserve_order', {
    event_id: event.id,
    order_id: orderId,
    venue_id: stage.venue.venueId,
    client_key: orderId,
    request_hash: orderId,
    items: [{ tierId: tier?.id ?? '', quantity }],
    buyer: { name: 'Ada Buyer', email: 'ada@example.com' },
    return_url: stage.venue.origin,
    locale: null,
    expected_total_minor: null,
    origin: null,
  })
  if (reserved.outcome !== 'reserved') throw new Error(reserved.outcome)
  await stage.database.call('ticketing.complete_order_atomic', {
    event_id: event.id,
    order_id: orderId,
    payment: { kind: 'external', method: 'cash', reference: null, paymentId: orderId, ...reserved.order.total },
    source: { kind: 'door', actor: 'box office' },
  })
  return orderId
}

test('what is wrong raises one alert, and is resolved once it is mended', async () => {
  const event = await stage.createEvent()
  await check()
  expect((await platform()).score).toBe(0)

  const damage = 'update ticketing.tier_inventory set reserved = reserved + 4 where event_id = $1'
  await run(damage, event.id)
  expect(await healthOf(event)).toMatchObject({ score: 8, parts: { ghost_reservations: 4, journal_drift: 4 } })
  await check()
  await check()
  const raised = stage.alerts.filter(({ fields }) => fields.eventId === event.id)
  expect(raised.map(({ code }) => code).sort()).toEqual(['ghost_reservations', 'journal_drift'])
  expect((await platform()).score).toBe(8)

  await stage.kit.repair({ actor: 'ops', apply: true, eventId: event.id })
  expect(await healthOf(event)).toMatchObject({ score: 0 })
  expect((await platform()).score).toBe(0)
  await run(damage, event.id)
  await check()
  await stage.kit.repair({ actor: 'ops', apply: true, eventId: event.id })
  const open = () =>
    stage.database.withOwner(c => c.query("select from venuekit.alerts where kind <> 'x' and resolved_at is null"))
  await check()
  expect(await open()).toEqual([])
})

test('a checkpoint that the job left behind is not believed', async () => {
  const event = await stage.createEvent()
  await check()
  await run('update ticketing.tier_inventory set reserved = 2 where event_id = $1', event.id)
  const before = (await platform()).score
  await minutes(16)
  expect((await platform()).score).toBe(before + 4)
  await stage.kit.repair({ actor: 'ops', apply: true, eventId: event.id })
})

test('the health of an unknown event is not found', async () => {
  expect((await admin(`/events/${crypto.randomUUID()}/health`)).status).toBe(404)
})

test('a large event is looked at from its checkpoint on', async () => {
  const event = await stage.createEvent({
    maxPerOrder: 1000,
    tiers: [newTier({ capacity: 5000, maxPerOrder: 1000, priceMinor: 100 })],
  })
  const early = await sellAtTheDoor(event, 1000)
  await sellAtTheDoor(event, 1000)
  await sellAtTheDoor(event, 500)
  await check()

  const late = await sellAtTheDoor(event, 10)
  expect(await healthOf(event)).toMatchObject({ score: 0 })

  await run('update ticketing.tier_inventory set reserved = reserved + 7 where event_id = $1', event.id)
  expect(await healthOf(event)).toMatchObject({ parts: { ghost_reservations: 7, journal_drift: 7, counter_drift: 0 } })
  await run(
    'update ticketing.tier_inventory set reserved = reserved - 7, issued = issued + 1 where event_id = $1',
    event.id,
  )
  expect(await healthOf(event)).toMatchObject({ parts: { ghost_reservations: 0, counter_drift: 1, journal_drift: 1 } })
  await run('update ticketing.tier_inventory set issued = issued - 1 where event_id = $1', event.id)

  await run('delete from ticketing.tickets where order_id = $1', late)
  expect(await healthOf(event)).toMatchObject({ parts: { paid_without_tickets: 1 } })
  await stage.kit.repair({ actor: 'ops', apply: true, eventId: event.id })
  expect(await healthOf(event)).toMatchObject({ score: 0 })

  // Behind the checkpoint, past every function: seen by the next look, and then until it is well.
  await run('delete from ticketing.tickets where order_id = $1 and ordinal = 3', early)
  await check()
  expect(await healthOf(event)).toMatchObject({ parts: { paid_without_tickets: 1 } })
  await stage.database.call('ticketing.repair_tickets', { event_id: event.id, order_id: early, actor: 'ops' })
  expect(await healthOf(event)).toMatchObject({ score: 0 })
})

test.each(['venuekit.audit_inbox', 'venuekit.read_watch', 'ticketing.events_to_check'])(
  'a look that fails (%s) keeps no other from being taken, and fails the run',
  async broken => {
    await stage.createEvent()
    await minutes(6)
    const { call } = stage.database
    const asked: string[] = []
    stage.database.call = (name, args) => {
      asked.push(name)
      return name === broken ? Promise.reject(new Error('out of range')) : call(name, args)
    }
    await expect(stage.kit.jobs.run('check-health')).rejects.toThrow('out of range')
    stage.database.call = call
    expect(asked).toEqual(
      expect.arrayContaining(['venuekit.audit_inbox', 'venuekit.read_watch', 'ticketing.events_to_check']),
    )
    if (broken !== 'ticketing.events_to_check') expect(asked).toContain('ticketing.check_event')
  },
)
