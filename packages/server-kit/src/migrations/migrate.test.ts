import { afterEach, beforeEach, expect, test } from 'vitest'
import type { MigratableDatabase } from '../ports/database.ts'
import { createPgliteDatabase } from '../testing/createPgliteDatabase.ts'
import { migrate } from './migrate.ts'
import { readSqlFiles, type SqlFile, type SqlFiles } from './sqlFiles.ts'

let database: MigratableDatabase
let files: SqlFiles

beforeEach(async () => {
  database = await createPgliteDatabase()
  files = await readSqlFiles()
}, 60_000)
afterEach(() => database.close())

const query = (sql: string) => database.withOwner(connection => connection.query(sql))

const oneMore = (sql: string, name = 'one_more') => {
  const number = files.migrations.length + 1
  return { number, name: `${String(number).padStart(4, '0')}_${name}`, sql, checksum: sql }
}

const greet = (text: string, argument = 'who'): SqlFile => ({
  name: 'venuekit.greet',
  checksum: `${text} ${argument}`,
  sql: `create or replace function venuekit.greet(${argument} text) returns text language sql
    security definer set search_path = '' as $$ select '${text} ' || ${argument} $$;
    revoke execute on function venuekit.greet from public`,
})

test('an up-to-date database is left alone', async () => {
  expect(await migrate(database)).toEqual({ migrations: [], functions: [] })
})

test('a new migration is applied once, as the owner', async () => {
  const newer = { ...files, migrations: [...files.migrations, oneMore('create table venuekit.extra (n int)')] }
  expect(await migrate(database, newer)).toMatchObject({ migrations: [oneMore('').name] })
  expect(await migrate(database, newer)).toEqual({ migrations: [], functions: [] })
  expect(await query("select tableowner from pg_tables where tablename = 'extra'")).toEqual([
    { tableowner: 'venuekit_owner' },
  ])
})

test('a migration that fails leaves nothing, not even its version', async () => {
  const broken = oneMore('create table venuekit.half (n int); select 1 / 0')
  await expect(migrate(database, { ...files, migrations: [...files.migrations, broken] })).rejects.toThrow('division')
  expect(await query("select to_regclass('venuekit.half') as half")).toEqual([{ half: null }])
  expect(await migrate(database)).toEqual({ migrations: [], functions: [] })
})

test('a database of a newer release is refused', async () => {
  await migrate(database, { ...files, migrations: [...files.migrations, oneMore('select 1', 'of_tomorrow')] })
  await expect(migrate(database)).rejects.toMatchObject({
    name: 'MigrationError',
    kind: 'newer_database',
    message: expect.stringContaining('of_tomorrow'),
  })
})

test('an older release leaves the functions of a newer one alone, and says what to do', async () => {
  const release = (version: string, file?: SqlFile): SqlFiles => ({
    ...files,
    release: version,
    functions: file ? [...files.functions, file] : files.functions,
  })
  const greeting = async () => (await query("select venuekit.greet('Ada') as text"))[0]?.text
  await migrate(database, release('1.2.0', greet('hi')))
  await migrate(database, release('1.10.0', greet('hello')))
  for (const older of [release('1.2.0', greet('hi')), release('1.9.9')]) {
    await expect(migrate(database, older)).rejects.toMatchObject({
      kind: 'newer_database',
      message: expect.stringContaining('functions of release 1.10.0'),
    })
    expect(await greeting()).toBe('hello Ada')
  }
  expect(await migrate(database, release('1.10.0', greet('hello')))).toEqual({ migrations: [], functions: [] })
  // On purpose.
  await query("update venuekit.release set version = '1.2.0'")
  await migrate(database, release('1.2.0', greet('hi')))
  expect(await greeting()).toBe('hi Ada')
})

test('a released migration that was changed is refused', async () => {
  const [first, ...rest] = files.migrations
  if (!first) throw new Error('there are migrations')
  const changed = { ...files, migrations: [{ ...first, checksum: 'other' }, ...rest] }
  await expect(migrate(database, changed)).rejects.toMatchObject({
    kind: 'changed_migration',
    message: expect.stringContaining('new migration'),
  })
})

test('a function is re-applied when its text changes, also its arguments, and dropped when its file is gone', async () => {
  const withGreeting = (file: SqlFile) => ({ ...files, functions: [...files.functions, file] })
  const greeting = async () => (await query("select venuekit.greet('Ada') as text"))[0]?.text
  expect(await migrate(database, withGreeting(greet('hi')))).toEqual({ migrations: [], functions: ['venuekit.greet'] })
  expect(await greeting()).toBe('hi Ada')
  await migrate(database, withGreeting(greet('hello')))
  expect(await greeting()).toBe('hello Ada')
  await migrate(database, withGreeting(greet('hello', 'name')))
  expect(await query("select venuekit.greet(name => 'Ada') as text")).toEqual([{ text: 'hello Ada' }])
  expect(await migrate(database, files)).toEqual({ migrations: [], functions: ['venuekit.greet'] })
  await expect(greeting()).rejects.toThrow('does not exist')
})

test('the package brings numbered migrations and one function or view a file, in plain ASCII', () => {
  expect(files.migrations.map(({ number }) => number)).toEqual(files.migrations.map((_, index) => index + 1))
  for (const { name, sql } of [...files.migrations, ...files.functions, ...files.views]) {
    expect(/[^\n -~]/.exec(sql), name).toBeNull()
  }
  for (const { name, sql } of files.functions) {
    expect(sql.match(/create or replace function ([a-z_.]+)/g), name).toEqual([`create or replace function ${name}`])
    expect(sql, name).toContain(`revoke execute on function ${name} from public;`)
  }
})
