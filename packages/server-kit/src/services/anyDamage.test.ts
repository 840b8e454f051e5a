import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OwnerConnection } from '../ports/database.ts'
import { invariantQueries } from '../testing/brokenInvariants.ts'
import { createDoorDesk } from '../testing/doorDesk.ts'
import { createMoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
/** One event with orders in many states, and another that is well. */
beforeAll(async () => {
  stage = await startTestKit()
  const desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  const money = createMoneyDesk(stage)
  const poolId = crypto.randomUUID()
  const event = await stage.createEvent({
    pools: [{ id: poolId, name: 'Hall', capacity: 50 }],
    tiers: [newTier({ poolId })],
  })
  await stage.createEvent()
  const placed = [await desk.order(event, 2), await desk.order(event, 3)] as const
  for (const one of placed) stage.twin.control.pay(sessionOf(one))
  await money.settled()
  await desk.order(event)
  const [scanned, refunded] = [await desk.show(placed[0]), await desk.show(placed[1])]
  await createDoorDesk(stage.call).scan(event.id, scanned.tickets[0]?.code ?? '')
  await money.refunded(placed[1], { ticketIds: [refunded.tickets[0]?.id] })
  stage.twin.control.dispute(await money.chargeOf(placed[0]))
  await money.settled()
  await stage.kit.jobs.run('check-health')
  await stage.twin.control.advance(20 * 60_000)
  await stage.kit.jobs.run('roll-up-sales')
}, 60_000)
afterAll(() => stage.close())

/** What is asked about all events at once: no row of one may break it for the others. */
const questions = [
  "ticketing.list_operations_events(null, null, 'score', null, 20)",
  "ticketing.list_operations_events(null, null, 'sold', null, 20)",
  'venuekit.read_operations()',
  'ticketing.get_health()',
  "venuekit.read_metrics('[]')",
  'ticketing.audit_events(null, 100000)',
  'ticketing.export_events(null, null, null, 100)',
  'ticketing.events_to_check(10)',
  'ticketing.events_to_expire(10)',
  'ticketing.events_to_call_off(10)',
  'ticketing.events_to_roll_up(10)',
  'ticketing.events_with_refunds(10)',
]

const valuesOf: Record<string, string[]> = {
  uuid: ['gen_random_uuid()'],
  integer: ['0', '2147483647'],
  bigint: ['0', '9000000000000000000'],
  text: ["''", "'void'", "'refunded'", "'surplus'", "'closed'"],
  'timestamp with time zone': ["'infinity'", "'-infinity'"],
  jsonb: ["'[]'", '\'{"a": "b"}\''],
  boolean: ['true', 'false'],
}

interface Column {
  relation: string
  name: string
  type: string
  nullable: boolean
  words: string[] | null
}

const readColumns = (connection: OwnerConnection) =>
  connection.query<Column & Record<string, unknown>>(`
    select r.relname as relation, a.attname as name, format_type(a.atttypid, null) as type,
      not a.attnotnull as nullable,
      (select array_agg(quote_literal(e.enumlabel)) from pg_enum e where e.enumtypid = a.atttypid) as words
    from pg_attribute a join pg_class r on r.oid = a.attrelid
    where r.relnamespace = 'ticketing'::regnamespace and r.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and a.attname <> 'event_id'
    order by r.relname, a.attnum`)

/** Broken where nobody is harmed: when an order was fulfilled, or an order called so as a test by the house. */
const harmless: readonly string[] = [
  'every place of a fulfilled order has its ticket, and no other place has one',
  'lines count as their order stands',
]
const promises = Object.entries(invariantQueries)
  .filter(([promise]) => !harmless.includes(promise))
  .map(([, sql]) => `select breach as text from (${sql}) q`)
  .join(' union all ')

const rowsOf = (connection: OwnerConnection, sql: string) => connection.query<{ text: string }>(sql)

/** What a damage breaks for other events, and what it breaks of a promise without that any audit names it. */
const tryDamage = async (connection: OwnerConnection, relation: string, damage: string): Promise<string[]> => {
  await connection.exec(`begin; alter table ticketing.${relation} disable trigger user`)
  try {
    await connection.exec(damage)
  } catch {
    await connection.exec('rollback')
    return [] // a constraint refuses it
  }
  try {
    await connection.query(`select ${questions.join(', ')}`)
    const broken = await rowsOf(connection, promises)
    if (broken.length === 0) return []
    const found = await rowsOf(connection, 'select kind as text from ticketing.audits')
    return found.length > 0 ? [] : [`${damage} is not named: ${broken.map(({ text }) => text).join('; ')}`]
  } catch (error) {
    return [`${damage} breaks a list: ${String(error)}`]
  } finally {
    await connection.exec('rollback')
  }
}

test('whatever one column of one row says, no list of all events breaks, and what breaks a promise is named', async () => {
  const faults: string[] = []
  let tried = 0
  await stage.database.withOwner(async connection => {
    for (const { relation, name, type, nullable, words } of await readColumns(connection)) {
      const values = [...(words ?? valuesOf[type] ?? ['0', '3', '1000']), ...(nullable ? ['null'] : [])]
      for (const value of values) {
        const damage = `update ticketing.${relation} set ${name} = ${value} where ctid = (select max(ctid) from ticketing.${relation})`
        faults.push(...(await tryDamage(connection, relation, damage)))
        tried++
      }
    }
  })
  expect(faults).toEqual([])
  expect(tried).toBeGreaterThan(250)
}, 120_000)
