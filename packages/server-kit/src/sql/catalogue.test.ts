import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../ports/database.ts'
import { createPgliteDatabase } from '../testing/createPgliteDatabase.ts'

let database: MigratableDatabase
const query = <Row>(sql: string): Promise<Row[]> => database.withOwner(connection => connection.query<Row>(sql))

beforeAll(async () => {
  database = await createPgliteDatabase()
}, 60_000)
afterAll(() => database.close())

const ours = "n.nspname in ('venuekit', 'ticketing', 'feed')"

interface Routine {
  name: string
  owner: string
  securityDefiner: boolean
  config: string[] | null
  source: string
  /** Its names were looked up when it was made: no search path reaches it. */
  isBound: boolean
  isPublic: boolean
  isForApp: boolean
  isForOps: boolean
}

const readRoutines = () =>
  query<Routine>(
    `select n.nspname || '.' || p.proname as name, r.rolname as owner, p.prosecdef as "securityDefiner",
       p.proconfig as config, regexp_replace(p.prosrc, '--[^\n]*', '', 'g') as source,
       p.prosqlbody is not null as "isBound",
       exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0) as "isPublic",
       has_function_privilege('venuekit_app', p.oid, 'execute') as "isForApp",
       has_function_privilege('venuekit_ops', p.oid, 'execute') as "isForOps"
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles r on r.oid = p.proowner
     where ${ours}`,
  )

/** They read no table and are put in place of their calls, inside the owner's functions. */
const bound = ['venuekit.clock', 'venuekit.iso']

const namesOf = (routines: Routine[]): string[] => routines.map(({ name }) => name).sort()

test('every function belongs to the owner and runs as it', async () => {
  const routines = await readRoutines()
  expect(routines.length).toBeGreaterThan(60)
  expect(namesOf(routines.filter(({ owner }) => owner !== 'venuekit_owner'))).toEqual([])
  expect(namesOf(routines.filter(({ securityDefiner }) => !securityDefiner))).toEqual(bound)
})

test('every function has an empty search path, or a body that needs none', async () => {
  const routines = await readRoutines()
  expect(namesOf(routines.filter(({ config }) => !config?.includes('search_path=""')))).toEqual(bound)
  expect(namesOf(routines.filter(({ isBound }) => isBound))).toEqual(bound)
})

test('no function is for PUBLIC', async () => {
  expect(namesOf((await readRoutines()).filter(({ isPublic }) => isPublic))).toEqual([])
})

test('the application may run what the adapters call, and none of the parts behind it', async () => {
  const routines = await readRoutines()
  const allowed = routines.filter(({ isForApp }) => isForApp).map(({ name }) => name)
  expect(allowed).toEqual(expect.arrayContaining(['ticketing.reserve_order', 'ticketing.complete_order_atomic']))
  for (const part of ['issue_order', 'move_places', 'record_payment', 'release_orders', 'order_json', 'take_pools']) {
    expect(allowed).not.toContain(`ticketing.${part}`)
  }
  for (const part of ['lock_post', 'remove_post', 'close_case', 'note_change', 'post_json', 'find_media_fault']) {
    expect(allowed).not.toContain(`feed.${part}`)
  }
  expect(allowed).not.toContain('venuekit.clock')
})

test('the application has no table, no sequence and no view; operations have views and no table', async () => {
  const granted = await query<{ name: string; kind: string; role: string }>(
    `select n.nspname || '.' || c.relname as name, c.relkind as kind, r.rolname as role
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     cross join (values ('venuekit_app'), ('venuekit_ops'), ('public')) as r (rolname)
     where ${ours} and c.relkind in ('r', 'v', 'S', 'p') and exists (
       select from aclexplode(coalesce(c.relacl, acldefault(case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner))) a
       where a.grantee = coalesce((select oid from pg_roles where rolname = r.rolname), 0))`,
  )
  expect(granted.filter(({ role, kind }) => role !== 'venuekit_ops' || kind !== 'v')).toEqual([])
})

test('the application is refused a table, and a function that is no part of its list', async () => {
  await database.withOwner(async connection => {
    await connection.exec('set role venuekit_app')
    for (const sql of ['select * from ticketing.orders', 'select venuekit.clock()', 'delete from ticketing.journal']) {
      await expect(connection.exec(sql)).rejects.toMatchObject({ code: '42501' })
    }
    await connection.exec('reset role')
  })
})

test('every table belongs to the owner, and the owner can log in nowhere', async () => {
  const owners = await query<{ owner: string; canLogin: boolean }>(
    `select distinct r.rolname as owner, r.rolcanlogin as "canLogin"
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner
     where ${ours} and c.relkind in ('r', 'v', 'S', 'i')`,
  )
  expect(owners).toEqual([{ owner: 'venuekit_owner', canLogin: false }])
})

test('every key and unique index of ticketing leads with event_id', async () => {
  const indexes = await query<{ name: string; first: string }>(
    `select i.indexrelid::regclass::text as name, a.attname as first
     from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
     where n.nspname = 'ticketing' and i.indisunique`,
  )
  expect(indexes.length).toBeGreaterThan(15)
  expect(indexes.filter(({ first }) => first !== 'event_id')).toEqual([])
})

test('every foreign key of ticketing carries event_id, stays in ticketing and waits for nothing', async () => {
  const keys = await query<{ name: string; first: string; target: string; deferrable: boolean }>(
    `select k.conname as name, a.attname as first, k.confrelid::regclass::text as target, k.condeferrable as deferrable
     from pg_constraint k join pg_namespace n on n.oid = k.connamespace
     join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
     where n.nspname = 'ticketing' and k.contype = 'f'`,
  )
  expect(keys.length).toBeGreaterThan(10)
  for (const key of keys) {
    expect(key).toMatchObject({ first: 'event_id', deferrable: false })
    expect(key.target).toMatch(/^ticketing\./)
  }
})

test('nothing references a hot row', async () => {
  expect(
    await query(
      `select conname from pg_constraint
       where contype = 'f' and confrelid::regclass::text in ('ticketing.tier_inventory', 'ticketing.pool_inventory')`,
    ),
  ).toEqual([])
})

test('every constraint has a name of its own of at most 48 characters; the incident’s three are there', async () => {
  const constraints = await query<{ name: string; type: string }>(
    `select k.conname as name, k.contype as type from pg_constraint k
     join pg_namespace n on n.oid = k.connamespace where ${ours} and k.contype in ('c', 'f', 'u', 'p')`,
  )
  const names = constraints.map(({ name }) => name)
  expect(names.filter(name => name.length > 48)).toEqual([])
  // What Postgres makes up where nobody names it.
  expect(names.filter(name => /_(check\d*|fkey\d*|pkey)$/.test(name))).toEqual([])
  expect(names).toEqual(
    expect.arrayContaining([
      'check_quantities_non_negative',
      'check_issued_not_exceeds_capacity',
      'check_total_not_exceeds_capacity',
    ]),
  )
  expect(constraints.filter(({ type }) => type === 'c').length).toBeGreaterThanOrEqual(20)
})

test('no function reads a clock but the clock', async () => {
  const readers = await query<{ name: string }>(
    `select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where ${ours} and p.proname <> 'clock'
       and p.prosrc ~* '\\m(now\\(\\)|clock_timestamp|statement_timestamp|transaction_timestamp|current_timestamp|localtime|current_date|timeofday)'`,
  )
  expect(readers).toEqual([])
})

test('no write names the clock inside itself: it is read into a variable first', async () => {
  const writers = await query<{ name: string }>(
    `select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where ${ours} and p.prosrc ~* '\\m(insert into|update (ticketing|venuekit|feed)\\.|delete from)[^;]*venuekit\\.clock\\('`,
  )
  expect(writers).toEqual([])
})

/** Functions that the application calls and that write, by themselves or in what they call. */
const readWriters = async (): Promise<Routine[]> => {
  const routines = await readRoutines()
  const writers = new Set(
    namesOf(
      routines.filter(({ source }) => /\b(insert into|delete from|update (ticketing|venuekit|feed)\.)/.test(source)),
    ),
  )
  for (const writer of writers) {
    for (const { name, source } of routines) if (source.includes(`${writer}(`)) writers.add(name)
  }
  return routines.filter(({ name, isForApp }) => isForApp && writers.has(name))
}

test('every function that writes for the application waits three seconds for a lock and no longer', async () => {
  const writers = await readWriters()
  expect(writers.length).toBeGreaterThan(70)
  expect(namesOf(writers.filter(({ config }) => !config?.includes('lock_timeout=3s')))).toEqual([])
})

/** What a crash may take: it is asked for again, found again, or owed to nobody. */
const mayBeLost = [
  'feed.purge_changes',
  'ticketing.check_event',
  'ticketing.reserve_order',
  'ticketing.roll_up_sales',
  'venuekit.count_signature_failures',
  'venuekit.due_orphans',
  'venuekit.give_rate_back',
  'venuekit.purge_rates',
  'venuekit.take_rate',
]

test('what is written for the application is durable, but for what may be lost', async () => {
  const careless = (await readWriters()).filter(({ source }) => !source.includes('perform venuekit.commit_durably()'))
  expect(namesOf(careless)).toEqual(mayBeLost)
})
