import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'
import { makePoolsHostile, withKindPools } from './hostilePool.ts'

let postgres: TestPostgres
let place: TestDatabase
beforeAll(async () => {
  postgres = await startTestPostgres()
  place = await postgres.createDatabase()
})
afterAll(() => postgres.stop())

const openPool = (max: number): pg.Pool => {
  const pool = new pg.Pool({ connectionString: place.appUrl, max })
  // A pool has ended before its connections hung up: the server may stop in between.
  pool.on('error', () => {})
  pool.on('connect', client => client.on('error', () => {}))
  return pool
}

const openHostilePool = (max: number): pg.Pool => {
  const restore = makePoolsHostile()
  const pool = openPool(max)
  restore()
  return pool
}

const using = async (pool: pg.Pool, work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } finally {
    await pool.end()
  }
}

const ask = async (pool: pg.Pool, query: string | pg.QueryConfig): Promise<string> => {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ answer: string }>(query)
    return rows[0]?.answer ?? ''
  } finally {
    client.release()
  }
}

test('calls one after the other land on one of several connections by chance', async () => {
  const pool = openHostilePool(10)
  await using(pool, async () => {
    const places: string[] = []
    for (let call = 0; call < 60; call += 1) places.push(await ask(pool, 'select pg_backend_pid()::text as answer'))
    expect(new Set(places).size).toBe(4)
    expect(places.slice(4)).not.toEqual(places.slice(0, -4))
  })
})

/** What hangs on its session: made by one call, looked for by the next. */
const bonds: Record<string, { make: string | pg.QueryConfig; look: string | pg.QueryConfig; there: string }> = {
  'a setting': {
    make: "select set_config('statement_timeout', '7s', false) as answer",
    look: "select current_setting('statement_timeout') as answer",
    there: '7s',
  },
  'a temporary table': {
    make: 'create temporary table left_behind as select 1 as n',
    look: "select to_regclass('left_behind')::text as answer",
    there: 'left_behind',
  },
  'a lock': {
    make: 'select pg_advisory_lock(7)::text as answer',
    look: 'select pg_advisory_unlock(7)::text as answer',
    there: 'true',
  },
  'a role': {
    make: "select set_config('role', 'venuekit_app', false) as answer",
    look: 'select current_user::text as answer',
    there: 'venuekit_app',
  },
  // The client believes that its connection still knows the statement, and sends its name alone.
  'a prepared statement': {
    make: { name: 'kept', text: "select 'known' as answer" },
    look: { name: 'kept', text: "select 'known' as answer" },
    there: 'known',
  },
}

describe.each(Object.entries(bonds))('%s', (_name, { make, look, there }) => {
  const ends = async (pool: pg.Pool): Promise<string> => {
    await ask(pool, make)
    return ask(pool, look).catch((error: Error) => error.message)
  }

  test('is gone for the next call, even on the very same connection', async () => {
    // With one connection nothing but DISCARD ALL can take it away.
    const pool = openHostilePool(1)
    await using(pool, async () => expect(await ends(pool)).not.toBe(there))
  })

  test('lasts on a kind pool: the test above proves something', async () => {
    const pool = withKindPools(() => openPool(1))
    await using(pool, async () => expect(await ends(pool)).toBe(there))
  })
})
