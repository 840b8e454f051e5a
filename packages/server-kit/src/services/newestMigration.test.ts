import { expect, test } from 'vitest'
import { readSqlFiles } from '../migrations/sqlFiles.ts'
import { newestMigration } from './newestMigration.ts'

test('readiness asks for the newest migration that the package brings', async () => {
  const { migrations } = await readSqlFiles()
  expect(newestMigration).toBe(migrations.at(-1)?.number)
})
