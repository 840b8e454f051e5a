import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { findingsOf } from '../../src/services/audit.ts'
import { checkInvariants } from '../../src/testing/checkInvariants.ts'
import { stageIncident } from '../../src/testing/incident/stageIncident.ts'
import { startTestKit } from '../../src/testing/startTestKit.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop } from '../../src/testing/testShop.ts'

let postgres: TestPostgres
let database: MigratableDatabase
let name: string

beforeAll(async () => {
  postgres = await startTestPostgres()
  const made = await postgres.createDatabase()
  name = made.name
  database = made.open({ poolSize: 20 })
})
afterAll(async () => {
  await database.close()
  await postgres.stop()
})

const actor = 'mara'
const views = ['event_health', 'platform_health', 'audits', 'repair_log'] as const

/** Whether the role may, with no rights of anybody else. */
const asRole = async (role: string, sql: string): Promise<string> => {
  const done = postgres.run(`begin; set local role ${role}; ${sql}; rollback`, name)
  return done.then(
    () => 'allowed',
    (error: { code?: string }) => error.code ?? 'failed',
  )
}

test('the operations role reads the views, and nothing below them', async () => {
  for (const view of views) expect(await asRole('venuekit_ops', `select * from ticketing.${view}`)).toBe('allowed')
  for (const table of ['orders', 'repairs', 'health_checkpoints']) {
    expect(await asRole('venuekit_ops', `select * from ticketing.${table}`)).toBe('42501')
  }
  const repairs = "ticketing.repair_counter(gen_random_uuid(), gen_random_uuid(), null, 'ops')"
  expect(await asRole('venuekit_ops', `select ${repairs}`)).toBe('42501')
})

test('the application reads no view and no set of findings', async () => {
  const granted = await postgres.run(
    `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('venuekit', 'ticketing', 'feed') and c.relkind in ('r', 'v', 'p')
       and has_table_privilege('venuekit_app', c.oid, 'select')`,
    name,
  )
  expect(granted).toEqual([])
  for (const view of views) expect(await asRole('venuekit_app', `select * from ticketing.${view}`)).toBe('42501')
  const finders = ['event_findings', 'counter_estimates', 'recent_findings', 'health_parts']
  for (const finder of finders) {
    expect(await asRole('venuekit_app', `select * from ticketing.${finder}(gen_random_uuid())`)).toBe('42501')
  }
  for (const finder of ['findings_of_events', 'counter_truths']) {
    expect(await asRole('venuekit_app', `select * from ticketing.${finder}(array[gen_random_uuid()])`)).toBe('42501')
  }
  expect(await asRole('venuekit_app', 'select ticketing.audit_event(gen_random_uuid())')).toBe('allowed')
})

test('everybody else reads nothing', async () => {
  await postgres.run('create role passer_by', name)
  for (const view of views) expect(await asRole('passer_by', `select * from ticketing.${view}`)).toBe('42501')
})

test('a repair in the middle of sales loses none of them', async () => {
  const shop = await openTestShop(database, { tiers: [{ capacity: 400 }] })
  const tierId = shop.tierIds[0] ?? ''
  await shop.query('update ticketing.tier_inventory set reserved = reserved + 90 where event_id = $1', [shop.eventId])
  const sales = Array.from({ length: 200 }, () => shop.hold())
  const repairs = Array.from({ length: 20 }, () =>
    database.call('ticketing.repair_counter', { event_id: shop.eventId, tier_id: tierId, pool_id: null, actor }),
  )
  await Promise.all(sales)
  const outcomes = (await Promise.all(repairs)).map(({ outcome }) => outcome)
  expect(outcomes.filter(outcome => outcome === 'repaired')).toHaveLength(1)
  expect(await shop.counters()).toEqual({ [tierId]: { reserved: 200, issued: 0 } })
  await database.withOwner(checkInvariants)
})

test('two repairs of the same tickets at once issue them once', async () => {
  const shop = await openTestShop(database)
  const orderId = await shop.hold()
  const { sessionId } = await shop.checkout(orderId)
  await shop.complete(orderId, shop.payment(sessionId))
  await shop.query('delete from ticketing.tickets where order_id = $1', [orderId])
  const answers = await Promise.all(
    Array.from({ length: 8 }, () =>
      database.call('ticketing.repair_tickets', { event_id: shop.eventId, order_id: orderId, actor }),
    ),
  )
  expect(answers.filter(({ outcome }) => outcome === 'repaired')).toHaveLength(1)
  expect(await shop.query('select from ticketing.repairs where order_id = $1', [orderId])).toHaveLength(1)
  await database.withOwner(checkInvariants)
})

test('the founding incident is named, mended and closed on Postgres as on PGlite', async () => {
  const stage = await startTestKit({}, {}, async () => (await postgres.createDatabase()).open())
  try {
    const incident = await stageIncident(stage.database, { account: stage.twin.account })
    const count = async () => findingsOf(await stage.kit.audit()).length
    expect(await count()).toBe(21)
    const oversold = { kind: 'refund', ticketIds: [incident.vip.ticketId] } as const
    await stage.kit.repair({ actor, apply: true, oversold })
    expect(await count()).toBe(0)
    expect((await stage.kit.repair({ actor, apply: true, oversold })).steps).toEqual([])
  } finally {
    await stage.close()
  }
})
