import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pgDatabase } from '../../src/adapters/pgDatabase.ts'
import { migrate } from '../../src/migrations/migrate.ts'
import { readSqlFiles, type SqlFile, type SqlFiles } from '../../src/migrations/sqlFiles.ts'
import type { ExportFile } from '../../src/supabaseExport/exportFile.ts'
import { exportSupabase } from '../../src/supabaseExport/exportSupabase.ts'
import { newFiles, stateOf } from '../../src/supabaseExport/newFiles.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import { supabaseRoles } from '../../src/testing/supabase/supabaseRoles.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'
import { readCatalogue } from './readCatalogue.ts'

let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startTestPostgres()
  // As on Supabase: who migrates owns the database and makes roles, but is no superuser; the CLI logs in as another
  // and takes that role on.
  await postgres.run(supabaseRoles)
  await postgres.run(
    'create role project_owner createrole createdb; create role cli_login login noinherit in role project_owner',
  )
})
afterAll(() => postgres.stop())

let made = 0
const makeDatabase = async (): Promise<string> => {
  const name = `project_${++made}`
  await postgres.run(`create database ${name} owner project_owner`)
  return name
}
const cliUrl = (name: string) => postgres.adminUrl(name).replace('//postgres@', '//cli_login@')

/** As the CLI does: one session, and for each file one transaction that also records it. */
const push = async (name: string, files: readonly ExportFile[]): Promise<string[]> => {
  const client = new pg.Client({ connectionString: cliUrl(name) })
  await client.connect()
  const pushed: string[] = []
  try {
    await client.query('set role project_owner')
    await client.query(`create schema if not exists supabase_migrations;
      create table if not exists supabase_migrations.schema_migrations (version text primary key, name text)`)
    for (const file of files) {
      const [version] = file.name.split('_', 1)
      const { rows } = await client.query('select from supabase_migrations.schema_migrations where version = $1', [
        version,
      ])
      if (rows.length > 0) continue
      await client.query(
        `${file.sql}; insert into supabase_migrations.schema_migrations (version, name) values ('${version}', '${file.name}')`,
      )
      pushed.push(file.name)
    }
  } finally {
    await client.end()
  }
  return pushed
}

const migrateBy = async (name: string, files?: SqlFiles) => {
  const database = pgDatabase({ connectionString: postgres.adminUrl(name) })
  try {
    return await migrate(database, files)
  } finally {
    await database.close()
  }
}

test('a database made by the files and one made by migrate() are equal, and each finds the other up to date', async () => {
  const files = await exportSupabase()
  const byFiles = await makeDatabase()
  const byMigrate = await makeDatabase()
  expect(await push(byFiles, files)).toHaveLength(files.length)
  await migrateBy(byMigrate)
  const wanted = await readCatalogue(postgres.adminUrl(byMigrate))
  expect(await readCatalogue(postgres.adminUrl(byFiles))).toEqual(wanted)
  expect(wanted.functions?.length).toBeGreaterThan(300)
  expect(wanted.columns?.length).toBeGreaterThan(200)

  expect(await migrateBy(byFiles)).toEqual({ migrations: [], functions: [] })
  expect(await push(byMigrate, files)).toHaveLength(files.length)
  expect(await readCatalogue(postgres.adminUrl(byMigrate))).toEqual(wanted)
  expect(await readCatalogue(postgres.adminUrl(byFiles))).toEqual(wanted)
})

test('a later release adds files, and brings a database of files where migrate() brings its own', async () => {
  const first = await readSqlFiles()
  const greet = (text: string, argument: string): SqlFile => ({
    name: 'venuekit.greet',
    checksum: `${text} ${argument}`,
    sql: `create or replace function venuekit.greet(${argument} text) returns jsonb language sql
      security definer set search_path = '' as $$ select pg_catalog.to_jsonb('${text} ' || ${argument}) $$;
      revoke execute on function venuekit.greet from public; grant execute on function venuekit.greet to venuekit_app;`,
  })
  const number = first.migrations.length + 1
  const release = (version: string, greeting: SqlFile, dropped: string, sql: string): SqlFiles => ({
    ...first,
    release: version,
    migrations: [...first.migrations, { number, name: `${String(number).padStart(4, '0')}_extra`, sql, checksum: sql }],
    functions: [...first.functions.filter(({ name }) => name !== dropped), greeting],
  })
  const table = 'create table venuekit.extra (n integer constraint extra_key primary key)'
  const older: SqlFiles = { ...first, release: '1.2.0-next.9', functions: [...first.functions, greet('hi', 'who')] }
  const newer = release('1.10.0', greet('hello', 'name'), 'venuekit.take_rate', table)
  const released = newFiles(older, { next: '20270101', released: null })
  const added = newFiles(newer, { next: '20270301', released: stateOf(older) })
  expect(added.map(({ name }) => name)).toEqual([
    `20270301000000_venuekit_${newer.migrations.at(-1)?.name}.sql`,
    '20270301000100_venuekit_functions_1_10_0.sql',
  ])
  expect(newFiles(newer, { next: '20270601', released: stateOf(newer) })).toEqual([])

  const byFiles = await makeDatabase()
  const byMigrate = await makeDatabase()
  await push(byFiles, released)
  await migrateBy(byMigrate, older)
  const before = await readCatalogue(postgres.adminUrl(byMigrate))
  expect(await readCatalogue(postgres.adminUrl(byFiles))).toEqual(before)

  expect(await push(byFiles, [...released, ...added])).toHaveLength(2)
  await migrateBy(byMigrate, newer)
  const wanted = await readCatalogue(postgres.adminUrl(byMigrate))
  expect(await readCatalogue(postgres.adminUrl(byFiles))).toEqual(wanted)
  expect(wanted).not.toEqual(before)

  // All files on a database that the newer release made: the older ones change nothing back.
  await push(byMigrate, [...released, ...added])
  expect(await readCatalogue(postgres.adminUrl(byMigrate))).toEqual(wanted)
  const fresh = await makeDatabase()
  await push(fresh, [...released, ...added])
  expect(await readCatalogue(postgres.adminUrl(fresh))).toEqual(wanted)
})

test('a file that fails leaves nothing, and a migration that was changed is refused', async () => {
  const sql = await readSqlFiles()
  const number = sql.migrations.length + 1
  const broken = {
    number,
    name: `${String(number).padStart(4, '0')}_broken`,
    checksum: 'x',
    sql: 'create table venuekit.half (n int); select 1 / 0',
  }
  const name = await makeDatabase()
  const state = { next: '20270101', released: null }
  const files = newFiles({ ...sql, migrations: [...sql.migrations, broken] }, state)
  await expect(push(name, files)).rejects.toThrow('division')
  expect(await postgres.run("select to_regclass('venuekit.half') as half", name)).toEqual([{ half: null }])
  const [first, ...rest] = sql.migrations
  if (!first) throw new Error('there are migrations')
  const changed = newFiles(
    { ...sql, migrations: [{ ...first, checksum: 'other' }, ...rest] },
    { ...state, next: '20270201' },
  )
  await expect(push(name, changed)).rejects.toThrow('another wording')
})
