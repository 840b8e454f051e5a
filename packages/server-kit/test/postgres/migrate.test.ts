import { afterAll, beforeAll, expect, test } from 'vitest'
import { pgDatabase } from '../../src/adapters/pgDatabase.ts'
import { migrate } from '../../src/migrations/migrate.ts'
import { readSqlFiles } from '../../src/migrations/sqlFiles.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop } from '../../src/testing/testShop.ts'

let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startTestPostgres()
})
afterAll(() => postgres.stop())

test('five runners at once, on a database and a cluster that know nothing yet, apply everything once', async () => {
  const { name, adminUrl } = await postgres.createDatabase({ migrated: false })
  const databases = Array.from({ length: 5 }, () => pgDatabase({ connectionString: adminUrl }))
  const reports = await Promise.all(databases.map(database => migrate(database)))
  const files = await readSqlFiles()
  expect(reports.flatMap(report => report.migrations).sort()).toEqual(files.migrations.map(file => file.name))
  expect(reports.flatMap(report => report.functions).sort()).toEqual(
    [...files.functions, ...files.views].map(file => file.name).sort(),
  )
  const [counted] = await postgres.run('select count(*)::int as applied from venuekit.migrations', name)
  expect(counted).toEqual({ applied: files.migrations.length })
  await Promise.all(databases.map(database => database.close()))
})

test('two databases of one cluster migrate at the same time', async () => {
  const places = [
    await postgres.createDatabase({ migrated: false }),
    await postgres.createDatabase({ migrated: false }),
    await postgres.createDatabase({ migrated: false }),
  ]
  await Promise.all(
    places.map(async ({ adminUrl }) => {
      const database = pgDatabase({ connectionString: adminUrl })
      expect((await migrate(database)).migrations.length).toBeGreaterThan(3)
      await database.close()
    }),
  )
})

test('a user that is no superuser migrates, twice, and what it made sells', async () => {
  const fresh = await startTestPostgres()
  try {
    await fresh.run('create role promoter login createrole')
    await fresh.run('create database promoted owner promoter')
    const url = fresh.adminUrl('promoted').replace('postgres@', 'promoter@')
    const owner = pgDatabase({ connectionString: url })
    expect((await migrate(owner)).migrations.length).toBeGreaterThan(3)
    expect(await migrate(owner)).toEqual({ migrations: [], functions: [] })
    await owner.close()
    await fresh.run('create role shop login in role venuekit_app')
    const app = pgDatabase({ connectionString: url.replace('promoter@', 'shop@'), ownerConnectionString: url })
    const shop = await openTestShop(app, { tiers: [{ priceMinor: 0 }] })
    expect(await shop.complete(await shop.hold(), null, { kind: 'free' })).toMatchObject({ outcome: 'issued' })
    const owners = await fresh.run(
      "select distinct tableowner from pg_tables where schemaname in ('venuekit', 'ticketing', 'feed')",
      'promoted',
    )
    expect(owners).toEqual([{ tableowner: 'venuekit_owner' }])
    await app.close()
  } finally {
    await fresh.stop()
  }
})

test('a user without the rights is told which ones it needs', async () => {
  const fresh = await startTestPostgres()
  try {
    await fresh.run('create role poor login')
    await fresh.run('create database poor')
    const database = pgDatabase({ connectionString: fresh.adminUrl('poor').replace('postgres@', 'poor@') })
    await expect(migrate(database)).rejects.toMatchObject({
      name: 'MigrationError',
      kind: 'not_permitted',
      message: expect.stringContaining('CREATEROLE'),
    })
    await database.close()
  } finally {
    await fresh.stop()
  }
})
