import type { MigratableDatabase } from '../ports/database.ts'
import { applyFunctions } from './applyFunctions.ts'
import { applyMigrations } from './applyMigrations.ts'
import { bootstrap } from './bootstrap.ts'
import { readSqlFiles, type SqlFiles } from './sqlFiles.ts'

/** What a run changed; both lists are empty where the database was up to date. Views stand among the functions. */
export interface MigrationReport {
  migrations: string[]
  functions: string[]
}

/**
 * Brings the database to this release: roles and schemas, migrations, functions. Safe to run from several nodes at
 * once, and again. Throws `MigrationError` where the database is newer or a released migration was changed.
 */
export const migrate = async (database: MigratableDatabase, files?: SqlFiles): Promise<MigrationReport> => {
  const sql = files ?? (await readSqlFiles())
  return database.withOwner(async connection => {
    await bootstrap(connection, sql.bootstrap)
    return {
      migrations: await applyMigrations(connection, sql.migrations),
      functions: await applyFunctions(connection, sql),
    }
  })
}
