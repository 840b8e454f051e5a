import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../ports/database.ts'
import { createPgliteDatabase } from '../testing/createPgliteDatabase.ts'

let database: MigratableDatabase
const query = <Row>(sql: string): Promise<Row[]> => database.withOwner(connection => connection.query<Row>(sql))

beforeAll(async () => {
  database = await createPgliteDatabase()
}, 60_000)
afterAll(() => database.close())

test('each function of the application’s has one wrapper of the same arguments and result, and nothing else has', async () => {
  const shape = `pg_get_function_arguments(p.oid) as arguments, pg_get_function_result(p.oid) as result`
  const wanted = await query(
    `select n.nspname || '_' || p.proname as name, ${shape} from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname in ('venuekit', 'ticketing', 'feed') and has_function_privilege('venuekit_app', p.oid, 'execute')
     order by name`,
  )
  expect(wanted.length).toBeGreaterThan(100)
  expect(
    await query(
      `select p.proname::text as name, ${shape} from pg_proc p
       where p.pronamespace = 'venuekit_api'::regnamespace order by name`,
    ),
  ).toEqual(wanted)
})

test('where there is no service role, nobody but the owner may call one', async () => {
  expect(
    await query(
      `select distinct coalesce(r.rolname, 'public') as role from pg_proc p
       cross join aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a left join pg_roles r on r.oid = a.grantee
       where p.pronamespace = 'venuekit_api'::regnamespace`,
    ),
  ).toEqual([{ role: 'venuekit_owner' }])
  const owned = await query<{ count: number }>(
    `select count(*)::int as count from pg_proc p where p.pronamespace = 'venuekit_api'::regnamespace
     and (not p.prosecdef or p.proconfig is distinct from array['search_path=""'])`,
  )
  expect(owned).toEqual([{ count: 0 }])
})

test('what is as it should be is left alone; a service role that comes later is given all of it, and no more', async () => {
  await database.withOwner(async connection => {
    await connection.exec('create role service_role nologin')
    const [answer] = await connection.query<{ expose_api: unknown }>('select venuekit.expose_api()')
    expect(answer?.expose_api).toEqual({ made: 0, dropped: 0 })
    const [row] = await connection.query(
      `select bool_and(has_function_privilege('service_role', p.oid, 'execute')) as all,
         has_schema_privilege('service_role', 'venuekit_api', 'usage') as usage,
         has_schema_privilege('service_role', 'ticketing', 'usage') as inside
       from pg_proc p where p.pronamespace = 'venuekit_api'::regnamespace`,
    )
    expect(row).toEqual({ all: true, usage: true, inside: false })
  })
})

test('a wrapper that was changed by hand is put back: what goes goes first, whatever the plan', async () => {
  const wrapper = "'venuekit_api.venuekit_list_venues()'::regprocedure"
  const body = `select prosrc as body from pg_proc where oid = ${wrapper}`
  const [before] = await query<{ body: string }>(body)
  for (const plan of ['set enable_hashjoin = off', 'set enable_hashjoin = on'])
    for (const changed of ['select null::jsonb', 'values (null::jsonb)']) {
      await database.withOwner(async connection => {
        await connection.exec(`${plan}; create or replace function venuekit_api.venuekit_list_venues() returns jsonb
          language sql volatile security definer set search_path = '' as $$${changed}$$`)
        const [answer] = await connection.query<{ expose_api: unknown }>('select venuekit.expose_api()')
        expect(answer?.expose_api).toEqual({ made: 1, dropped: 1 })
      })
      expect(await query(body)).toEqual([before])
    }
})
