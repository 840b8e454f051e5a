import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrate } from '../migrations/migrate.ts'
import { createPgliteDatabase } from '../testing/createPgliteDatabase.ts'
import { lockFolder } from './lockFolder.ts'
import { pgliteDatabase } from './pgliteDatabase.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'venuekit-pglite-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a database that is not migrated says so', async () => {
  const database = pgliteDatabase()
  await expect(database.call('venuekit.read_clock', {})).rejects.toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('migrate()'),
  })
  await database.close()
}, 60_000)

test('calls run with the rights of the application, work as the owner does not', async () => {
  const database = await createPgliteDatabase()
  const roles = await database.withOwner(async connection => {
    await connection.exec(`create function venuekit.whoami() returns jsonb language sql
      as 'select to_jsonb(current_user::text)'`)
    return connection.query<{ name: string }>('select current_user as name')
  })
  expect(roles).toEqual([{ name: 'postgres' }])
  const call = database.call as (name: string, args: object) => Promise<unknown>
  expect(await call('venuekit.whoami', {})).toBe('venuekit_app')
  await expect(call('ticketing.order_json', { event_id: null, order_id: null, moment: null })).rejects.toMatchObject({
    kind: 'failed',
    sqlState: '42501',
  })
  await database.close()
}, 60_000)

test('a violated constraint is named, and a lost race is its own kind', async () => {
  const database = await createPgliteDatabase()
  await database.withOwner(connection =>
    connection.exec(`create function venuekit.lose() returns jsonb language plpgsql as $$
      begin raise exception 'too late' using errcode = 'VK001'; end $$`),
  )
  const call = database.call as (name: string, args: object) => Promise<unknown>
  await expect(call('venuekit.lose', {})).rejects.toMatchObject({ kind: 'sold_out', sqlState: 'VK001' })
  await expect(
    database.call('venuekit.create_venue', { venue_id: crypto.randomUUID(), name: '' }),
  ).rejects.toMatchObject({ kind: 'failed', constraint: 'venue_name_given' })
  await database.close()
}, 60_000)

test('what was written to a folder is there when it is opened again', async () => {
  const dataDir = join(folder, 'data')
  const first = pgliteDatabase({ dataDir })
  await migrate(first)
  const venueId = crypto.randomUUID()
  await first.call('venuekit.create_venue', { venue_id: venueId, name: 'Kept' })
  await first.close()
  const second = pgliteDatabase({ dataDir })
  expect(await second.call('venuekit.create_venue', { venue_id: venueId, name: 'Kept' })).toEqual({ outcome: 'exists' })
  await second.close()
}, 60_000)

test('what lies in memory is nobody else’s, and leaves nothing in a folder', async () => {
  const databases = [pgliteDatabase({ dataDir: 'memory://' }), pgliteDatabase({ dataDir: 'memory://' })]
  expect(existsSync('memory:.lock')).toBe(false)
  await Promise.all(databases.map(database => database.close()))
}, 60_000)

test('a folder named by its address is the same folder', async () => {
  const dataDir = join(folder, 'data')
  const first = pgliteDatabase({ dataDir: `file://${dataDir}` })
  expect(() => pgliteDatabase({ dataDir })).toThrow('is in use by process')
  await first.close()
}, 60_000)

test('a folder is open once: by a living process, by ourselves; a dead holder is no holder', () => {
  const lock = lockFolder(folder)
  expect(() => lockFolder(folder)).toThrow(`is in use by process ${process.pid}`)
  lock.release()
  lock.release()
  writeFileSync(`${folder}.lock`, String(process.ppid))
  expect(() => lockFolder(folder)).toThrow(`is in use by process ${process.ppid}`)
  // No process has the greatest number there is.
  writeFileSync(`${folder}.lock`, String(2 ** 22 + 1))
  const taken = lockFolder(folder)
  expect(readFileSync(`${folder}.lock`, 'utf8')).toBe(String(process.pid))
  taken.release()
})
