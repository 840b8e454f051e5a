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
const file = (name: string, sql: string): SqlFile => ({ name, sql, checksum: sql })
const answer = (type: string) =>
  file(
    'venuekit.answer',
    `create or replace function venuekit.answer() returns ${type} language sql security definer set search_path = ''
     as $$ select 42::${type} $$; revoke execute on function venuekit.answer from public`,
  )
const view = file('venuekit.answers', 'create view venuekit.answers as select venuekit.answer() as answer')
const kindOfAnswer = () => query('select pg_typeof(answer)::text as kind from venuekit.answers')

test('a view is made once its functions are there, and again when one of them changes its result', async () => {
  const withView = (type: string) => ({
    ...files,
    functions: [...files.functions, answer(type)],
    views: [...files.views, view],
  })
  expect((await migrate(database, withView('integer'))).functions).toEqual(['venuekit.answer', 'venuekit.answers'])
  expect(await kindOfAnswer()).toEqual([{ kind: 'integer' }])
  expect((await migrate(database, withView('integer'))).functions).toEqual([])
  const again = await migrate(database, withView('bigint'))
  expect(again.functions).toEqual(['venuekit.answer', ...files.views.map(({ name }) => name), 'venuekit.answers'])
  expect(await kindOfAnswer()).toEqual([{ kind: 'bigint' }])
  expect(await query("select has_table_privilege('venuekit_ops', 'ticketing.event_health', 'select') as may")).toEqual([
    { may: true },
  ])
}, 60_000)

test('a view whose file is gone goes', async () => {
  await migrate(database, {
    ...files,
    views: [...files.views, file(view.name, 'create view venuekit.answers as select 1 as n')],
  })
  expect(await query("select to_regclass('venuekit.answers') is not null as there")).toEqual([{ there: true }])
  expect((await migrate(database)).functions).toEqual(['venuekit.answers'])
  expect(await query("select to_regclass('venuekit.answers') is not null as there")).toEqual([{ there: false }])
}, 60_000)
