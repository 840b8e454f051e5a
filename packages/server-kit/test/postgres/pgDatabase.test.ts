import { createServer, type Socket, connect as tcpConnect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pgDatabase } from '../../src/adapters/pgDatabase.ts'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'
import { withMoreTime } from '../withMoreTime.ts'

let postgres: TestPostgres
let place: TestDatabase

beforeAll(async () => {
  postgres = await startTestPostgres()
  place = await postgres.createDatabase()
  await postgres.run(
    `create function venuekit.test_fail(state text) returns jsonb language plpgsql as $$
       begin raise exception 'as asked' using errcode = state; end $$;
     create sequence public.runs; grant usage on sequence public.runs to public;
     create function venuekit.test_flaky(state text, times int) returns jsonb language plpgsql as $$
       declare n int := nextval('public.runs');
       begin if n % (times + 1) <> 0 then raise exception 'again' using errcode = state; end if; return to_jsonb(n); end $$;
     create function venuekit.test_pid() returns jsonb language sql as 'select to_jsonb(pg_backend_pid())';
     create function venuekit.test_sleep() returns jsonb language sql as 'select to_jsonb(pg_sleep(30)::text)';
     create table public.locked (n int); insert into public.locked values (1);
     create function venuekit.test_wait() returns jsonb language plpgsql security definer set lock_timeout = '100ms' as $$
       begin update public.locked set n = n + 1; return 'true'; end $$`,
    place.name,
  )
})
afterAll(() => postgres.stop())

type AnyCall = (name: string, args: Record<string, unknown>) => Promise<unknown>
const callOf = (database: MigratableDatabase): AnyCall => database.call as AnyCall

const withDatabase = async (
  work: (call: AnyCall, database: MigratableDatabase) => Promise<void>,
  options: Parameters<TestDatabase['open']>[0] = { poolSize: 1 },
) => {
  const database = place.open(options)
  try {
    await work(callOf(database), database)
  } finally {
    await database.close()
  }
}

test('conflicts are run again until they pass', () =>
  withDatabase(async call => {
    for (const state of ['40001', '40P01', '55P03']) {
      expect(await call('venuekit.test_flaky', { state, times: 1 })).toEqual(expect.any(Number))
    }
  }))

test.each([
  ['40001', 'busy'],
  ['40P01', 'busy'],
  ['VK001', 'sold_out'],
  ['23514', 'failed'],
  ['42501', 'failed'],
  ['57014', 'busy'],
  ['53300', 'unavailable'],
  ['25006', 'unavailable'],
])('%s is %s', (state, kind) =>
  withDatabase(async call => {
    await expect(call('venuekit.test_fail', { state })).rejects.toMatchObject({
      name: 'DatabaseError',
      kind,
      sqlState: state,
    })
  }),
)

test('an SQL error keeps its connection; a broken one is replaced', () =>
  withDatabase(async call => {
    const pid = await call('venuekit.test_pid', {})
    await expect(call('venuekit.test_fail', { state: '23514' })).rejects.toThrow('as asked')
    expect(await call('venuekit.test_pid', {})).toBe(pid)
    await postgres.run(`select pg_terminate_backend(${pid})`)
    const next = await call('venuekit.test_pid', {}).catch(() => call('venuekit.test_pid', {}))
    expect(next).not.toBe(pid)
  }))

test('a lock that is not given answers busy', () =>
  withDatabase(async (call, database) => {
    await database.withOwner(async connection => {
      await connection.exec('begin; update public.locked set n = 2')
      await expect(call('venuekit.test_wait', {})).rejects.toMatchObject({ kind: 'busy', sqlState: '55P03' })
      await connection.exec('rollback')
    })
    expect(await call('venuekit.test_wait', {})).toBe(true)
  }))

test('no answer in time is unavailable, and the next call has a connection that works', () =>
  withMoreTime(300, statementTimeoutMs =>
    withDatabase(
      async call => {
        await expect(call('venuekit.test_sleep', {})).rejects.toMatchObject({ kind: 'unavailable', sqlState: null })
        expect(await call('venuekit.test_pid', {})).toEqual(expect.any(Number))
      },
      { poolSize: 1, statementTimeoutMs },
    ),
  ))

test('a server that is not there is unavailable', async () => {
  const database = pgDatabase({ connectionString: 'postgres://nobody@127.0.0.1:1/none', connectTimeoutMs: 500 })
  await expect(database.call('venuekit.read_clock', {})).rejects.toMatchObject({ kind: 'unavailable' })
  await expect(database.withOwner(async () => {})).rejects.toMatchObject({ kind: 'unavailable' })
  await database.close()
})

test('a connection that goes silent is given up in time', async () => {
  const target = new URL(place.appUrl)
  const through = new URL(place.appUrl)
  const sockets: Socket[] = []
  let silent = false
  const proxy = createServer(client => {
    const server = tcpConnect(Number(target.port), target.hostname)
    sockets.push(client, server)
    for (const socket of [client, server]) socket.on('error', () => {})
    client.on('data', chunk => silent || server.write(chunk))
    server.on('data', chunk => silent || client.write(chunk))
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  through.port = String(typeof address === 'object' ? address?.port : '')
  const database = pgDatabase({
    connectionString: through.href,
    statementTimeoutMs: 1000,
    connectTimeoutMs: 5000,
    poolSize: 1,
  })
  await database.call('venuekit.read_clock', {})
  silent = true
  await expect(database.call('venuekit.read_clock', {})).rejects.toMatchObject({ kind: 'unavailable' })
  silent = false
  expect(await database.call('venuekit.read_clock', {})).toEqual({ now: expect.any(String) })
  await database.close()
  for (const socket of sockets) socket.destroy()
  proxy.close()
})

test('the application login runs the functions and reaches nothing else', async () => {
  const database = pgDatabase({ connectionString: place.appUrl })
  expect(await database.call('venuekit.read_clock', {})).toEqual({ now: expect.any(String) })
  await database.withOwner(async connection => {
    for (const sql of ['select * from ticketing.orders', 'select * from venuekit.outbox', 'set role venuekit_owner']) {
      await expect(connection.exec(sql)).rejects.toMatchObject({ code: '42501' })
    }
  })
  await database.close()
})

test('a superuser may lend calls the application’s rights', async () => {
  await postgres.run(
    "create or replace function venuekit.test_role() returns jsonb language sql as 'select to_jsonb(current_user::text)'",
    place.name,
  )
  const database = pgDatabase({ connectionString: place.adminUrl, role: 'venuekit_app' })
  expect(await callOf(database)('venuekit.test_role', {})).toBe('venuekit_app')
  await database.close()
})
