import {
  type Operations,
  operations,
  operationsEventPage,
  operationsEventResponse,
  sales,
} from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as z from 'zod/mini'
import { jobNames } from '../jobs/jobs.ts'
import { createOrderDesk, type OrderDesk } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { testSecrets } from '../testing/testSecrets.ts'

let stage: TestKit
let desk: OrderDesk
beforeAll(async () => {
  stage = await startTestKit()
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  // Its image may be hours old: a host that was set up then and has run no job since would be called stale.
  await query('update venuekit.migrations set applied_at = venuekit.clock()')
}, 60_000)
afterAll(() => stage.close())

const get = async <Schema extends z.ZodMiniType>(path: string, schema: Schema): Promise<z.output<Schema>> => {
  const answer = await stage.call('GET', `/v1/admin/operations${path}`, {
    key: null,
    origin: null,
    bearer: testSecrets.adminKeys[0],
  })
  return answer.read(schema)
}

const query = (sql: string, parameters: unknown[] = []) =>
  stage.database.withOwner(connection => connection.query(sql, parameters))

const reasonsOf = ({ reasons }: Operations) => Object.fromEntries(reasons.map(({ kind, amount }) => [kind, amount]))

test('a host where nothing has happened is read without a fault, and nothing is said to be well that never ran', async () => {
  const read = await get('', operations)
  expect(read).toMatchObject({
    timeZone: 'America/Chicago',
    state: 'well',
    reconciliation: null,
    places: { issued: 0 },
  })
  expect(read.jobs.map(({ name }) => name)).toEqual(jobNames)
  expect(new Set(read.jobs.map(({ result }) => result))).toEqual(new Set(['never']))
  expect(await get('/events', operationsEventPage)).toEqual({ items: [], total: 0, nextCursor: null })
  for (const step of ['minutes', 'hour', 'day']) {
    const { buckets } = await get(`/sales?step=${step}`, sales)
    expect(buckets.length).toBeGreaterThanOrEqual(60)
    expect(buckets.every(({ issued, reserved }) => issued === 0 && reserved === 0)).toBe(true)
  }
})

test('what is wrong with an event is a reason, a part with words and a command, and is gone once it is mended', async () => {
  const event = await stage.createEvent({ name: 'Ghost night' })
  expect(reasonsOf(await get('', operations))).toEqual({ unchecked_events: 1 })
  await stage.kit.jobs.run('check-health')
  expect((await get('', operations)).state).toBe('well')

  await query('update ticketing.tier_inventory set reserved = 5 where event_id = $1', [event.id])
  await stage.database.call('ticketing.check_event', { event_id: event.id })
  const bad = await get('', operations)
  expect(bad.state).toBe('attention')
  expect(reasonsOf(bad)).toMatchObject({ health: 1 })
  expect(bad.health.parts[0]).toMatchObject({ kind: 'ghost_reservations', amount: 5, command: 'venuekit audit' })
  const found = await get(`/events/${event.id}`, operationsEventResponse)
  expect(found.event.health?.parts[0]).toMatchObject({
    kind: 'ghost_reservations',
    severity: 'critical',
    title: 'Ghost reservations',
    command: `venuekit audit --event ${event.id}`,
  })
  expect(found.findings.map(({ kind }) => kind)).toContain('ghost_reservations')

  await query('update ticketing.tier_inventory set reserved = 0 where event_id = $1', [event.id])
  expect((await get(`/events/${event.id}`, operationsEventResponse)).event.health?.score).toBe(0)
  await stage.database.call('ticketing.check_event', { event_id: event.id })
  expect((await get('', operations)).state).toBe('well')
})

test('a kind that nobody has heard of is named, with what was written about it', async () => {
  const strange = { summary: 'Somebody <b>else</b> wrote this', eventId: 'none', secret: 'canary-5b1e' }
  await stage.database.call('venuekit.record_alert', {
    fingerprint: 'of a later release',
    kind: 'quantum_flux',
    detail: strange,
    once: false,
  })
  const read = await get('', operations)
  expect(read.alerts).toMatchObject({
    openCount: 1,
    open: [{ title: 'Quantum flux', summary: strange.summary, eventId: null }],
  })
  expect(JSON.stringify(read)).not.toContain('canary-5b1e')
  await stage.database.call('venuekit.resolve_alert', { fingerprint: 'of a later release' })
  const after = await get('', operations)
  expect(after.alerts).toMatchObject({ openCount: 0, resolved: [{ kind: 'quantum_flux', once: false }] })
})

test('events are searched as they are written, and paged through without one shown twice', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `Round ${String(index).padStart(2, '0')} 100%_\\`)
  for (const name of names) await stage.createEvent({ name })
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const next: string = cursor === null ? '' : `&cursor=${cursor}`
    const page = await get(
      `/events?search=${encodeURIComponent('100%_\\')}&order=name&limit=7${next}`,
      operationsEventPage,
    )
    expect(page.total).toBe(30)
    seen.push(...page.items.map(({ name }) => name))
    cursor = page.nextCursor
  } while (cursor !== null)
  expect(seen).toEqual(names)
  expect((await get(`/events?search=${encodeURIComponent('Round%')}`, operationsEventPage)).total).toBe(0)
  const [first] = (await get('/events?search=round%2007', operationsEventPage)).items
  expect((await get(`/events?search=${first?.id.toUpperCase()}`, operationsEventPage)).items).toEqual([first])
})

test('the least healthy stands first; a fuller one first where that is asked for', async () => {
  const full = await stage.createEvent({ name: 'Full house', tiers: [newTier({ capacity: 2, priceMinor: 0 })] })
  await desk.order(full, 2)
  expect((await get('/events?order=sold', operationsEventPage)).items[0]).toMatchObject({
    name: 'Full house',
    issued: 2,
  })
  await query(
    `update ticketing.health_checkpoints set score = 3 where event_id = (
       select event_id from ticketing.events where name = 'Ghost night')`,
  )
  expect((await get('/events', operationsEventPage)).items[0]?.name).toBe('Ghost night')
  expect((await get('/events?filter=attention', operationsEventPage)).total).toBe(1)
})

test('buyers are nowhere in what the page reads', async () => {
  const read = await Promise.all([
    get('', operations),
    get('/events?limit=100', operationsEventPage),
    get('/sales', sales),
  ])
  expect(JSON.stringify(read)).not.toMatch(/@|buyer/i)
})
