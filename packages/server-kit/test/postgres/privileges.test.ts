import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pgDatabase } from '../../src/adapters/pgDatabase.ts'
import { migrate } from '../../src/migrations/migrate.ts'
import type { MigratableDatabase, OwnerConnection } from '../../src/ports/database.ts'
import { exportSupabase } from '../../src/supabaseExport/exportSupabase.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import { supabaseRoles } from '../../src/testing/supabase/supabaseRoles.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop } from '../../src/testing/testShop.ts'
import { testSqlFiles } from '../../src/testing/testSqlFiles.ts'
import { type Grant, readAllowList } from './access/allowList.ts'
import { installRunner, readProbes, runProbes } from './access/probes.ts'
import { readGrants } from './access/readGrants.ts'
import { hostLogin, supabaseDefaults } from './access/supabaseDefaults.ts'

let postgres: TestPostgres
/**
 * Where the login that migrates gives all that it makes away; where the owner does so too; and the second made by the
 * files for the Supabase CLI instead of by `migrate`.
 */
const databases: Record<'host' | 'owner' | 'files', MigratableDatabase> = {} as never
const roles = ['anon', 'authenticated', 'service_role', 'authenticator', 'stranger', 'venuekit_app', 'venuekit_ops']

const migrateAll = async (host: MigratableDatabase): Promise<void> => {
  await migrate(host, await testSqlFiles())
}
const runFiles = async (host: MigratableDatabase): Promise<void> => {
  for (const { sql } of await exportSupabase()) await host.withOwner(connection => connection.exec(sql))
}

const open = async (
  defaultsOf: string[],
  make: (host: MigratableDatabase) => Promise<void>,
): Promise<MigratableDatabase> => {
  const { name, adminUrl } = await postgres.createDatabase({ migrated: false })
  await postgres.run(`grant all on database ${name} to host`)
  await postgres.run(defaultsOf.map(supabaseDefaults).join('\n'), name)
  const host = pgDatabase({ connectionString: adminUrl.replace('postgres@', 'host@') })
  await make(host)
  await host.close()
  const database = pgDatabase({ connectionString: adminUrl })
  await database.withOwner(installRunner)
  return database
}

beforeAll(async () => {
  postgres = await startTestPostgres()
  await postgres.run(`${supabaseRoles}; ${hostLogin} create role stranger login`)
  databases.host = await open(['host'], migrateAll)
  databases.owner = await open(['host', 'venuekit_owner'], migrateAll)
  databases.files = await open(['host', 'venuekit_owner'], runFiles)
})
afterAll(async () => {
  await Promise.all(Object.values(databases).map(database => database.close()))
  await postgres.stop()
})

/** Who is none of the others has what PUBLIC has. */
const grantee = (role: string): string => (role === 'stranger' ? 'public' : role)

/** Probes that were let through without being allowed, and allowed ones that were refused. */
const wronglyAnswered = async (connection: OwnerConnection, role: string, before?: string): Promise<string[]> => {
  const allowed = new Set<string>(readAllowList())
  const answers = await runProbes(connection, role, await readProbes(connection), before)
  return answers
    .filter(({ needs, state }) => {
      const isAllowed = allowed.has(`${grantee(role)} ${needs}`)
      return isAllowed ? state === '42501' : state !== '42501'
    })
    .map(({ sql, state }) => `${sql}: ${state}`)
}

/** So that what stands behind the schema's wall is tried as well. */
const letIn = (role: string): string => `grant usage on schema venuekit, venuekit_api, ticketing, feed to ${role}`

test.each(['host', 'owner', 'files'] as const)('nobody has more than the list says, nor less: %s', async who => {
  const grants = await databases[who].withOwner(readGrants)
  expect(grants.sort()).toEqual(readAllowList().sort())
})

test.each(roles)('%s is refused what it is not given, table by table and function by function', async role => {
  await databases.owner.withOwner(async connection => {
    expect((await readProbes(connection)).length).toBeGreaterThan(1000)
    expect(await wronglyAnswered(connection, role)).toEqual([])
    expect(await wronglyAnswered(connection, role, letIn(role))).toEqual([])
  })
})

describe('what somebody adds tomorrow without a thought for privileges', () => {
  const additions: [kind: string, sql: string, found: Grant][] = [
    ['a table', 'create table ticketing.spy (event_id uuid)', 'anon SELECT table ticketing.spy'],
    ['a view', 'create view feed.spy as select 1 as one', 'public SELECT view feed.spy'],
    ['a sequence', 'create sequence venuekit.spy', 'authenticated USAGE sequence venuekit.spy'],
    [
      'a function',
      'create function ticketing.spy() returns integer language sql security definer return 1',
      'public EXECUTE function ticketing.spy',
    ],
    ['a type', "create type ticketing.spy as enum ('a')", 'public USAGE type ticketing.spy'],
    [
      'a wrapper',
      'create function venuekit_api.spy() returns integer language sql security definer return 1',
      'anon EXECUTE function venuekit_api.spy',
    ],
    ['a schema', 'create schema spies authorization venuekit_owner', 'anon USAGE schema spies'],
    [
      'a default',
      'alter default privileges in schema ticketing grant select on tables to anon',
      'anon SELECT default r in ticketing',
    ],
    [
      'a column',
      'grant select (buyer_email) on ticketing.orders to anon',
      'anon SELECT column ticketing.orders.buyer_email',
    ],
  ]

  /** As the owner, or as who may make schemas. */
  const withAddition = <Result>(sql: string, work: (connection: OwnerConnection) => Promise<Result>) =>
    databases.owner.withOwner(async connection => {
      await connection.exec(sql.startsWith('create schema') ? sql : `set role venuekit_owner; ${sql}; reset role`)
      try {
        return await work(connection)
      } finally {
        await connection.exec('drop schema if exists spies; set role venuekit_owner')
        await connection.exec(undo(sql))
        await connection.exec('reset role')
      }
    })

  const undo = (sql: string): string => {
    const made = /^create (\w+) ([\w.]+)/.exec(sql)
    if (made?.[1] === 'schema') return 'select 1'
    return made ? `drop ${made[1]} ${made[2]}` : sql.replace('grant', 'revoke').replace('to anon', 'from anon')
  }

  test.each(additions)('%s is found', async (_, sql, found) => {
    const allowed = new Set<Grant>(readAllowList())
    const excess = await withAddition(sql, async connection =>
      (await readGrants(connection)).filter(grant => !allowed.has(grant)),
    )
    expect(excess).toContain(found)
  })

  test.each([
    ['a table', 'create table ticketing.spy (event_id uuid)', 'select * from ticketing.spy'],
    ['a view', 'create view feed.spy as select 1 as one', 'select * from feed.spy'],
    ['a sequence', 'create sequence venuekit.spy', "select nextval('venuekit.spy')"],
    ['a function', 'create function ticketing.spy() returns integer language sql return 1', 'select ticketing.spy()'],
    ['a type', "create type ticketing.spy as enum ('a')", 'create temporary table spy (stolen ticketing.spy)'],
  ])('%s is run into', async (_, sql, open) => {
    const wrong = await withAddition(sql, connection => wronglyAnswered(connection, 'anon', letIn('anon')))
    expect(wrong).toContain(`${open}: done`)
  })

  test('the next migration takes it back', async () => {
    await databases.owner.withOwner(async connection => {
      const tables =
        'create table ticketing.spy (event_id uuid); create sequence feed.spy; create view feed.seer as select 1 as one'
      await connection.exec(`set role venuekit_owner; ${tables}; reset role`)
      expect((await readGrants(connection)).length).toBeGreaterThan(readAllowList().length)
    })
    await migrate(databases.owner, await testSqlFiles())
    await databases.owner.withOwner(async connection => {
      expect((await readGrants(connection)).sort()).toEqual(readAllowList().sort())
      await connection.exec('drop table ticketing.spy; drop sequence feed.spy; drop view feed.seer')
    })
  })
})

test('user A, signed in, reads and changes nothing of user B, whatever it names', async () => {
  const shop = await openTestShop(databases.host)
  const [a, b] = [crypto.randomUUID(), crypto.randomUUID()]
  const orderId = await shop.hold({ buyer: { name: 'B', email: 'b@example.com' }, origin: { user: b } as never })
  const own = `event_id = '${shop.eventId}' and order_id = '${orderId}'`
  const call = `event_id => '${shop.eventId}', order_id => '${orderId}'`
  const probes = [
    `select * from ticketing.orders where ${own}`,
    `update ticketing.orders set buyer_email = 'a@example.com' where ${own}`,
    `delete from ticketing.orders where ${own}`,
    `select ticketing.get_order(${call})`,
    `select ticketing.cancel_order(${call})`,
    `select venuekit_api.ticketing_get_order(${call})`,
    'select feed.list_posts(feed_id => gen_random_uuid())',
    `with mine as (update ticketing.tickets set order_id = '${orderId}' returning *) select * from mine`,
  ].map(sql => ({ needs: '', sql }))
  const claims = JSON.stringify({ sub: a, role: 'authenticated', email: 'b@example.com' })
  const asA = `set local request.jwt.claims = '${claims}'`
  const states = await databases.host.withOwner(async connection => [
    ...(await runProbes(connection, 'authenticated', probes, asA)),
    ...(await runProbes(connection, 'authenticated', probes, `${asA}; ${letIn('authenticated')}`)),
  ])
  expect(states.filter(({ state }) => state !== '42501' && state !== '42883')).toEqual([])
  expect(await shop.orderStatus(orderId)).toBe('reserved')
})

test('nothing of ours lies outside our schemas, and no role of ours is more than it seems', async () => {
  await databases.host.withOwner(async connection => {
    expect(
      await connection.query(
        `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relowner = 'venuekit_owner'::regrole and n.nspname not in ('venuekit', 'venuekit_api', 'ticketing', 'feed', 'pg_toast')
         union all
         select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         where p.proowner = 'venuekit_owner'::regrole and n.nspname not in ('venuekit', 'venuekit_api', 'ticketing', 'feed')`,
      ),
    ).toEqual([])
    expect(
      await connection.query(
        `select rolname from pg_roles where rolname like 'venuekit\\_%'
         and (rolcanlogin or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
      ),
    ).toEqual([])
    // Who migrates acts as the owner; nobody else is anything of ours, and ours are nobody else.
    expect(
      await connection.query(
        `select m.member::regrole::text as member, m.roleid::regrole::text as role from pg_auth_members m
         where (m.roleid::regrole::text like 'venuekit%' or m.member::regrole::text like 'venuekit%')
           and m.member <> 'host'::regrole`,
      ),
    ).toEqual([])
  })
})
