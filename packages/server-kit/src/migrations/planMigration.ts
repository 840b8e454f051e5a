import type { MigratableDatabase, OwnerConnection } from '../ports/database.ts'
import { refuseNewerRelease } from './applyFunctions.ts'
import { readApplied, refuseForeign } from './applyMigrations.ts'
import { readSqlFiles, type SqlFiles } from './sqlFiles.ts'

/** What migrating would do, by name; all empty where the database is up to date. */
export interface MigrationPlan {
  migrations: string[]
  /** Functions and views that are missing or read otherwise. */
  functions: string[]
  /** Functions and views of an older release that would go. */
  dropped: string[]
}

const isThere = async (connection: OwnerConnection, table: string): Promise<boolean> => {
  const [row] = await connection.query<{ there: boolean }>('select to_regclass($1) is not null as there', [table])
  return row?.there ?? false
}

const readFunctions = (connection: OwnerConnection) =>
  connection.query<{ name: string; checksum: string }>('select name, checksum from venuekit.functions order by name')

/** Tells what `migrate` would do, and changes nothing. Throws `MigrationError` where it would refuse. */
export const planMigration = async (database: MigratableDatabase, files?: SqlFiles): Promise<MigrationPlan> => {
  const { release, migrations, functions, views } = files ?? (await readSqlFiles())
  return database.withOwner(async connection => {
    const begun = await isThere(connection, 'venuekit.migrations')
    const applied = begun ? await readApplied(connection) : []
    refuseForeign(applied, migrations)
    if (begun) await refuseNewerRelease(connection, release)
    const known = new Set(applied.map(({ number }) => number))
    const there = new Map((begun ? await readFunctions(connection) : []).map(each => [each.name, each.checksum]))
    const wanted = [...functions, ...views]
    const names = new Set(wanted.map(({ name }) => name))
    return {
      migrations: migrations.filter(({ number }) => !known.has(number)).map(({ name }) => name),
      functions: wanted.filter(({ name, checksum }) => there.get(name) !== checksum).map(({ name }) => name),
      dropped: [...there.keys()].filter(name => !names.has(name)),
    }
  })
}
