import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../ports/database.ts'
import { createPgliteDatabase } from '../testing/createPgliteDatabase.ts'
import { plpgsqlStatements } from './plpgsqlStatements.ts'

// With these the set shards by event: docs/scale.md. What else is asked of keys and clocks stands in catalogue.test.ts.

let database: MigratableDatabase
const query = <Row>(sql: string): Promise<Row[]> => database.withOwner(connection => connection.query<Row>(sql))

interface Routine {
  name: string
  arguments: string[]
  isForApp: boolean
  volatility: 'v' | 's' | 'i'
  statements: string[]
}
let routines: Routine[]

beforeAll(async () => {
  database = await createPgliteDatabase()
  const rows = await query<Omit<Routine, 'statements'> & { source: string }>(
    `select n.nspname || '.' || p.proname as name, coalesce(p.proargnames, '{}') as arguments, p.prosrc as source,
       p.provolatile as volatility, has_function_privilege('venuekit_app', p.oid, 'execute') as "isForApp"
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname in ('venuekit', 'ticketing', 'feed')`,
  )
  routines = rows.map(({ source, ...rest }) => ({ ...rest, statements: plpgsqlStatements(source) }))
}, 60_000)
afterAll(() => database.close())

const nothing: unknown[] = []

test('every foreign key of ticketing ties event_id to event_id, and none crosses its border', async () => {
  const wrong = await query(
    `select k.conname from pg_constraint k
     join pg_class c on c.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and 'ticketing'::regnamespace in (c.relnamespace, t.relnamespace)
       and (c.relnamespace <> t.relnamespace
         or (select attname from pg_attribute where attrelid = c.oid and attnum = k.conkey[1]) <> 'event_id'
         or (select attname from pg_attribute where attrelid = t.oid and attnum = k.confkey[1]) <> 'event_id')`,
  )
  expect(wrong).toEqual(nothing)
})

test('event_id is a uuid, given and first, in every table of ticketing', async () => {
  const tables = await query<{ name: string; isSo: boolean }>(
    `select c.relname as name, a.attname = 'event_id' and a.atttypid = 'uuid'::regtype and a.attnotnull as "isSo"
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum = 1
     where c.relnamespace = 'ticketing'::regnamespace and c.relkind in ('r', 'p')`,
  )
  expect(tables.length).toBeGreaterThan(15)
  expect(tables.filter(({ isSo }) => !isSo)).toEqual(nothing)
})

test('nothing is put off to the end of a transaction', async () => {
  expect(
    await query(
      `select conname from pg_constraint where condeferrable and connamespace::regnamespace::text in ('ticketing', 'venuekit', 'feed')
       union all select tgname from pg_trigger where tgdeferrable and not tgisinternal`,
    ),
  ).toEqual(nothing)
})

test('a name leaves room for the number of a shard: tables, indexes, constraints, triggers, types', async () => {
  expect(
    await query(
      `select name from (
         select relname::text as name from pg_class where relnamespace = 'ticketing'::regnamespace
         union all select conname from pg_constraint where connamespace = 'ticketing'::regnamespace
         union all select tgname from pg_trigger where not tgisinternal
         union all select typname from pg_type where typnamespace = 'ticketing'::regnamespace and typcategory <> 'A'
       ) n where length(name) > 48`,
    ),
  ).toEqual(nothing)
})

test('no function listens or notifies', () => {
  const loud = routines.filter(({ statements }) => statements.some(one => /\b(listen|notify|pg_notify)\b/i.test(one)))
  expect(loud.map(({ name }) => name)).toEqual(nothing)
})

/** Every statement that writes a table of ticketing, with the function it stands in. */
const writes = (pattern: RegExp): { name: string; statement: string }[] =>
  routines.flatMap(({ name, statements }) =>
    statements.filter(statement => pattern.test(statement)).map(statement => ({ name, statement })),
  )

test('every change and removal is bound to one event', () => {
  const bound = writes(/\b(update|delete from) ticketing\./)
  expect(bound.length).toBeGreaterThan(50)
  expect(bound.filter(({ statement }) => !/\bevent_id = /.test(statement))).toEqual(nothing)
})

test('every row that is added says its event first', () => {
  const added = writes(/\binsert into ticketing\./)
  expect(added.length).toBeGreaterThan(30)
  const unsaid = added.filter(({ statement }) =>
    [...statement.matchAll(/insert into ticketing\.\w+( as \w+)?( \( ?event_id\b)?/g)].some(([, , event]) => !event),
  )
  // A whole row of the tier's, whose event the function was given.
  expect(unsaid.map(({ name }) => name)).toEqual(['ticketing.create_tier'])
})

test('no change of rows calls a volatile function: its worth would differ from node to node', () => {
  const volatile = new Set(routines.filter(({ volatility }) => volatility === 'v').map(({ name }) => name))
  const wrong = writes(/\b(update|delete from) ticketing\./).filter(({ statement }) => {
    const changing = statement.slice(statement.search(/\b(update|delete from) ticketing\./))
    const called = [...changing.matchAll(/\b((?:venuekit|ticketing|feed)\.\w+)\(/g)].map(([, name]) => name ?? '')
    return (
      called.some(name => volatile.has(name)) || /\b(random|gen_random_uuid|nextval|clock_timestamp)\(/.test(changing)
    )
  })
  expect(wrong).toEqual(nothing)
})

test('what the application calls to change an event takes it first; what looks across events changes none', () => {
  const called = routines.filter(({ name, isForApp }) => isForApp && name.startsWith('ticketing.'))
  expect(called.filter(({ arguments: [first] }) => first === 'event_id').length).toBeGreaterThan(40)
  const writers = called.filter(
    ({ arguments: [first], statements }) =>
      first !== 'event_id' && statements.some(one => /\b(insert into|update|delete from) ticketing\./.test(one)),
  )
  expect(writers.map(({ name }) => name)).toEqual(nothing)
})

test('the step that distributes a table does nothing on plain Postgres', async () => {
  expect(await query("select venuekit.distribute('ticketing.orders') as done")).toEqual([{ done: false }])
})
