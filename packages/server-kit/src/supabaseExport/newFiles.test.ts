import { expect, test } from 'vitest'
import { readSqlFiles, type SqlFiles } from '../migrations/sqlFiles.ts'
import { newFiles, stateOf } from './newFiles.ts'

const sql = await readSqlFiles()
const after = (next: SqlFiles, before = sql) => newFiles(next, { next: '20270301', released: stateOf(before) })
const namesOf = (files: { name: string }[]) => files.map(({ name }) => name)

test('a release that changes no SQL adds no file, and one that changes a function adds one', () => {
  expect(after({ ...sql, release: '0.2.0' })).toEqual([])
  const functions = sql.functions.map((one, index) => (index === 0 ? { ...one, checksum: 'changed' } : one))
  expect(namesOf(after({ ...sql, release: '0.2.0', functions }))).toEqual([
    '20270301000000_venuekit_functions_0_2_0.sql',
  ])
})

test('a function that goes is a change as well', () => {
  const functions = sql.functions.slice(1)
  expect(after({ ...sql, release: '0.2.0', functions })).toHaveLength(1)
})

test('a migration that went out keeps its words, its name and its place', () => {
  const [first, second, ...others] = sql.migrations
  if (!first || !second) throw new Error('there are migrations')
  const told = `migration ${second.name} went out with ${sql.release} in other words`
  const edited = { ...second, sql: `${second.sql} `, checksum: 'edited' }
  expect(() => after({ ...sql, migrations: [first, edited, ...others] })).toThrow(told)
  expect(() => after({ ...sql, migrations: [first, { ...second, name: '0002_renamed' }, ...others] })).toThrow(told)
  expect(() => after({ ...sql, migrations: [first, ...others] })).toThrow(told)
})
