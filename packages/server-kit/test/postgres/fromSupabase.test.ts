import { afterAll, beforeAll, expect, test } from 'vitest'
import { createServerKit } from '../../src/createServerKit.ts'
import type { SqlFunctionName } from '../../src/ports/database.ts'
import type { PaymentGateway } from '../../src/ports/gateway.ts'
import { fromSupabase } from '../../src/supabase/fromSupabase.ts'
import { testSecrets } from '../../src/testing/testSecrets.ts'
import { openSupabaseStage, type SupabaseStage } from './supabaseStage.ts'

let stage: SupabaseStage

beforeAll(async () => {
  stage = await openSupabaseStage()
  await stage.postgres.run(
    `create function venuekit.test_fail(state text) returns jsonb language plpgsql security definer as $$
       begin raise exception 'as asked' using errcode = state; end $$;
     create sequence public.runs;
     create function venuekit.test_flaky(state text, times int) returns jsonb language plpgsql security definer as $$
       declare n int := nextval('public.runs');
       begin if n % (times + 1) <> 0 then raise exception 'again' using errcode = state; end if; return to_jsonb(n); end $$;
     create function venuekit.test_echo(a text, b jsonb, c integer default 7) returns jsonb language sql security definer as
       'select jsonb_build_object(''a'', a, ''b'', b, ''c'', c)';
     create function venuekit.test_sleep() returns jsonb language sql security definer as 'select to_jsonb(pg_sleep(30)::text)';
     grant execute on function venuekit.test_fail, venuekit.test_flaky, venuekit.test_echo, venuekit.test_sleep to venuekit_app;
     select venuekit.expose_api()`,
    stage.place.name,
  )
})
afterAll(() => stage.close())

type AnyCall = (name: string, args: Record<string, unknown>) => Promise<unknown>
const callOf = (client = stage.connect(), timeoutMs = 5000): AnyCall =>
  fromSupabase(client, { timeoutMs }).call as AnyCall

/** Answers by the given handlers, one a request, and then by the real data API. */
const through = (...answers: (() => Response | Promise<Response>)[]) => {
  const sent: string[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    sent.push(String(input))
    return (answers.shift() ?? (() => globalThis.fetch(input, init)))()
  }
  return { sent, call: callOf(stage.connect(undefined, fetch)) }
}
const postgrest = (status: number, code: string) => () =>
  Response.json({ code, message: 'as PostgREST says', details: null, hint: null }, { status })
const page = (status: number) => () => new Response('<html>upstream</html>', { status })
/** What a reset in mid-answer leaves. */
const halfAnswer = () =>
  new ReadableStream({
    start: controller => controller.enqueue(new TextEncoder().encode('{"outcome":')),
    pull: controller => controller.error(new TypeError('terminated')),
  })
const raw = (status: number, body: string) => () => new Response(body, { status })
/** Deno gives no code; these are its words. */
const denoSays = (words: string) => () =>
  Promise.reject(new TypeError('fetch failed', { cause: new Error(`error sending request for url: ${words}`) }))
const refused = (code: string) => () =>
  Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) }))

test('a call goes to its wrapper by name, null and defaults included', async () => {
  const call = callOf()
  expect(await call('venuekit.test_echo', { a: 'ü', b: [1, { x: null }] })).toEqual({
    a: 'ü',
    b: [1, { x: null }],
    c: 7,
  })
  expect(await call('venuekit.test_echo', { a: null, b: null, c: undefined })).toEqual({ a: null, b: null, c: null })
  expect(await call('venuekit.read_clock', {})).toEqual({ now: expect.any(String) })
})

test('conflicts are run again until they pass', async () => {
  for (const state of ['40001', '40P01', '55P03']) {
    expect(await callOf()('venuekit.test_flaky', { state, times: 1 })).toEqual(expect.any(Number))
  }
})

test.each([
  ['40001', 'busy'],
  ['40P01', 'busy'],
  ['VK001', 'sold_out'],
  ['23514', 'failed'],
  ['P0001', 'failed'],
  ['57014', 'busy'],
  ['53300', 'unavailable'],
  ['57P01', 'unavailable'],
  ['25006', 'unavailable'],
])('SQLSTATE %s is the kind %s, as by pg', async (state, kind) => {
  await expect(callOf()('venuekit.test_fail', { state })).rejects.toMatchObject({
    name: 'DatabaseError',
    kind,
    sqlState: state,
  })
})

test('a violated constraint is named', async () => {
  const venue = { venue_id: crypto.randomUUID(), name: '' }
  await expect(callOf()('venuekit.create_venue', venue)).rejects.toMatchObject({
    kind: 'failed',
    sqlState: '23514',
    constraint: 'venue_name_given',
  })
})

test('an answer that never comes is not waited for', async () => {
  await expect(callOf(undefined, 300)('venuekit.test_sleep', {})).rejects.toMatchObject({
    kind: 'unavailable',
    sqlState: null,
  })
})

test('what Deno could not connect for is sent again, what broke off there is not', async () => {
  const unmade = through(denoSays('client error (Connect): tcp connect error: Connection refused (os error 111)'))
  expect(await unmade.call('venuekit.read_clock', {})).toEqual({ now: expect.any(String) })
  expect(unmade.sent).toHaveLength(2)
  const broken = through(denoSays('client error (SendRequest): connection closed before message completed'))
  await expect(broken.call('venuekit.read_clock', {})).rejects.toMatchObject({ kind: 'unavailable' })
  expect(broken.sent).toHaveLength(1)
})

test('what never reached a function is sent again, three times at most', async () => {
  const once = through(postgrest(503, 'PGRST002'), refused('ECONNREFUSED'))
  expect(await once.call('venuekit.read_clock', {})).toEqual({ now: expect.any(String) })
  expect(once.sent).toHaveLength(3)
  const ever = through(...Array.from({ length: 4 }, () => postgrest(503, 'PGRST000')))
  await expect(ever.call('venuekit.read_clock', {})).rejects.toMatchObject({ kind: 'unavailable' })
  expect(ever.sent).toHaveLength(3)
})

test.each([
  ['a connection that broke at PostgREST', postgrest(503, 'PGRST001'), 'unavailable'],
  ['a connection that broke on the way', refused('ECONNRESET'), 'unavailable'],
  ['a gateway’s time-out', page(504), 'unavailable'],
  ['a gateway’s bad answer', page(502), 'unavailable'],
  ['an answer that is no JSON', page(200), 'unavailable'],
  ['a proxy’s time-out for the request', page(408), 'unavailable'],
  ['an outage told as JSON without a message', raw(503, '{"error":"upstream","code":53300}'), 'unavailable'],
  ['an outage told as no object', raw(502, '"bad gateway"'), 'unavailable'],
  ['an outage told as null', raw(503, 'null'), 'unavailable'],
  ['a refusal told as null', raw(403, 'null'), 'failed'],
  ['a refusal told without a message', raw(401, '{"error":"Unauthorized"}'), 'failed'],
  ['a body that is too large for a proxy', page(413), 'failed'],
  ['nothing at that address', raw(404, ''), 'unavailable'],
  ['an empty list at that address', raw(404, '[]'), 'unavailable'],
  ['a page of an address that is another’s', page(404), 'failed'],
  ['an answer that is empty', raw(200, ''), 'unavailable'],
  ['an answer that breaks off', () => new Response(halfAnswer()), 'unavailable'],
  ['a full pool', postgrest(504, 'PGRST003'), 'busy'],
  ['too many requests', page(429), 'busy'],
])('%s is told and not sent again: whether it took effect is unknown', async (_, answer, kind) => {
  const { sent, call } = through(answer)
  await expect(call('venuekit.read_clock', {})).rejects.toMatchObject({ name: 'DatabaseError', kind, sqlState: null })
  expect(sent).toHaveLength(1)
})

test('a missing function and a schema that is not exposed say what to do', async () => {
  await expect(callOf()('venuekit.nothing', { a: 1 })).rejects.toMatchObject({
    kind: 'failed',
    message: expect.stringMatching(/PGRST202.*push the migrations/),
  })
  const hidden = { schema: () => stage.connect().schema('ticketing') }
  await expect(callOf(hidden as never)('venuekit.read_clock', {})).rejects.toMatchObject({
    kind: 'failed',
    message: expect.stringMatching(/PGRST106.*Expose the schema venuekit_api/),
  })
})

test.each(['anon', 'authenticated'])('the role %s may call nothing', async role => {
  const { anonKey, signUser } = stage.supabase
  const key = role === 'anon' ? anonKey : await signUser({ sub: crypto.randomUUID() })
  await expect(callOf(stage.connect(key))('venuekit.read_clock', {})).rejects.toMatchObject({
    kind: 'failed',
    sqlState: '42501',
    message: expect.stringContaining('service role’s key'),
  })
})

test('a key that another project signed is refused', async () => {
  const [head, body] = stage.supabase.serviceRoleKey.split('.')
  await expect(callOf(stage.connect(`${head}.${body}.forged`))('venuekit.read_clock', {})).rejects.toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('PGRST301'),
  })
})

test('the service role has the wrappers and nothing else: no table, no view, no other schema', async () => {
  const [row] = await stage.postgres.run(
    `select
       (select count(*)::int from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname in ('venuekit', 'ticketing', 'feed') and has_function_privilege('service_role', p.oid, 'execute')
          and has_schema_privilege('service_role', n.oid, 'usage')) as functions,
       (select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('venuekit', 'ticketing', 'feed', 'venuekit_api') and c.relkind in ('r', 'v', 'm', 'p')
          and has_table_privilege('service_role', c.oid, 'select,insert,update,delete')) as tables,
       (select array_agg(distinct r.rolname::text order by r.rolname::text) from pg_proc p
        join pg_namespace n on n.oid = p.pronamespace and n.nspname = 'venuekit_api'
        join pg_roles r on has_function_privilege(r.oid, p.oid, 'execute') and not r.rolsuper and r.rolname not like 'pg\\_%') as callers,
       (select count(*)::int from pg_proc p join pg_namespace n on n.oid = p.pronamespace and n.nspname = 'venuekit_api')
         - (select count(*)::int from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname in ('venuekit', 'ticketing', 'feed') and has_function_privilege('venuekit_app', p.oid, 'execute')) as spare`,
    stage.place.name,
  )
  expect(row).toEqual({ functions: 0, tables: 0, callers: ['service_role', 'venuekit_owner'], spare: 0 })
})

test('migrating says how instead', async () => {
  const kit = createServerKit({
    database: fromSupabase(stage.connect()),
    gateway: {} as PaymentGateway,
    secrets: testSecrets,
    timeZone: 'UTC',
  })
  await expect(kit.migrate()).rejects.toMatchObject({
    name: 'ConfigurationError',
    message: expect.stringContaining('venuekit sql export --supabase'),
  })
  await kit.close()
})

test('every wrapper of a changed function follows it, and goes with it', async () => {
  const wrapper = async () =>
    (
      await stage.postgres.run(
        `select pg_get_function_arguments(oid) as arguments from pg_proc
         where pronamespace = 'venuekit_api'::regnamespace and proname = 'venuekit_test_change'`,
        stage.place.name,
      )
    ).map(row => row.arguments)
  const change = (sql: string) =>
    stage.postgres.run(`set role venuekit_owner; ${sql}; select venuekit.expose_api()`, stage.place.name)
  const make = (args: string) =>
    `create function venuekit.test_change(${args}) returns jsonb language sql as 'select ''1''::jsonb';
     revoke execute on function venuekit.test_change from public;
     grant execute on function venuekit.test_change to venuekit_app`
  await change(make('a uuid'))
  expect(await wrapper()).toEqual(['a uuid'])
  await change(`drop function venuekit.test_change; ${make('a uuid, b text default null')}`)
  expect(await wrapper()).toEqual(['a uuid, b text DEFAULT NULL::text'])
  expect(await callOf()('venuekit.test_change' as SqlFunctionName, { a: crypto.randomUUID() })).toBe(1)
  await change('revoke execute on function venuekit.test_change from venuekit_app')
  expect(await wrapper()).toEqual([])
  expect(await change('select 1')).toEqual([{ expose_api: { made: 0, dropped: 0 } }])
})
