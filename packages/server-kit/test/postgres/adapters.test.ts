import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { fromSupabase } from '../../src/supabase/fromSupabase.ts'
import { createPgliteDatabase } from '../../src/testing/createPgliteDatabase.ts'
import { testClock } from '../../src/testing/testClock.ts'
import { playScenario } from './adapterScenario.ts'
import { openSupabaseStage, type SupabaseStage } from './supabaseStage.ts'

let stage: SupabaseStage

beforeAll(async () => {
  stage = await openSupabaseStage()
})
afterAll(() => stage.close())

const oddSettings = [
  "timezone = 'Asia/Kathmandu'",
  "datestyle = 'SQL, DMY'",
  "intervalstyle = 'sql_standard'",
  "bytea_output = 'escape'",
  'extra_float_digits = -3',
  'standard_conforming_strings = off',
  "default_transaction_isolation = 'serializable'",
]

/** Plays on the database, whose clock is set as its owner; `database` is what is called. */
const play = async (owned: MigratableDatabase, database = owned as Parameters<typeof playScenario>[0]) => {
  try {
    return await playScenario(database, await testClock(owned))
  } finally {
    await owned.close()
  }
}

test('the same calls answer the same JSON by pg, by PGlite and by supabase-js', async () => {
  const byPg = await play((await stage.postgres.createDatabase()).open())
  expect(byPg.length).toBeGreaterThan(50)
  const told = JSON.stringify(byPg)
  for (const outcome of [
    'sold_out',
    'issued',
    'needs_review',
    'replayed',
    'requested',
    'idempotency_conflict',
    'conflict',
  ]) {
    expect(told).toContain(`"outcome":"${outcome}"`)
  }
  expect(await play(await createPgliteDatabase())).toEqual(byPg)
  expect(await play(stage.place.open(), fromSupabase(stage.connect()))).toEqual(byPg)

  // A database whose owner likes other ways to write times, spans and bytes.
  const odd = await stage.postgres.createDatabase()
  for (const setting of oddSettings) await stage.postgres.run(`alter database ${odd.name} set ${setting}`)
  expect(await play(odd.open())).toEqual(byPg)
})
