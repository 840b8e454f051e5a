import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readSqlFiles } from '../migrations/sqlFiles.ts'
import { exportSupabase } from './exportSupabase.ts'
import { ExportConflict, writeExport } from './writeExport.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'venuekit-export-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('the files are in order and named as the Supabase CLI reads them: one a migration, then the functions', async () => {
  const files = await exportSupabase()
  const names = files.map(({ name }) => name)
  expect(names).toEqual([...names].sort())
  for (const name of names) expect(name).toMatch(/^\d{14}_venuekit_[a-z0-9_]+\.sql$/)
  for (const { name } of (await readSqlFiles()).migrations) {
    expect(names.filter(file => file.endsWith(`_venuekit_${name}.sql`))).toHaveLength(1)
  }
  expect(names.at(-1)).toContain('_venuekit_functions_')
  expect(await exportSupabase()).toEqual(files)
})

test('a second export writes what is missing and nothing else', async () => {
  const to = join(folder, 'supabase/migrations')
  const files = await exportSupabase()
  expect((await writeExport(to, files.slice(0, 3))).written).toHaveLength(3)
  const second = await writeExport(to, files)
  expect([second.kept.length, second.written.length]).toEqual([3, files.length - 3])
  expect(await readdir(to)).toEqual(files.map(({ name }) => name))
})

test('a file that was changed stops the export before anything is written', async () => {
  const [first, ...rest] = await exportSupabase()
  if (!first) throw new Error('there are files')
  await writeFile(join(folder, first.name), 'select 1')
  await expect(writeExport(folder, [first, ...rest])).rejects.toThrow(ExportConflict)
  expect(await readdir(folder)).toEqual([first.name])
  expect(await readFile(join(folder, first.name), 'utf8')).toBe('select 1')
})

test('a checkout on Windows, with its own ends of lines, has the same files', async () => {
  const files = await exportSupabase()
  await writeExport(folder, files)
  for (const { name, sql } of files) await writeFile(join(folder, name), sql.replaceAll('\n', '\r\n'))
  expect(await writeExport(folder, files)).toMatchObject({ written: [], kept: files.map(({ name }) => name) })
})
