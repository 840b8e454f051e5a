import type { OwnerConnection } from '../ports/database.ts'
import { asOwner } from './inTransaction.ts'
import { MigrationError } from './migrationError.ts'
import type { Migration } from './sqlFiles.ts'

interface Applied {
  number: number
  name: string
  checksum: string
}

export const readApplied = (connection: OwnerConnection): Promise<Applied[]> =>
  connection.query<Applied>('select number, name, checksum from venuekit.migrations order by number')

/** Refuses a database that this release does not know, and migrations that were changed after they were applied. */
export const refuseForeign = (applied: Applied[], migrations: Migration[]): void => {
  for (const { number, name, checksum } of applied) {
    const ours = migrations[number - 1]
    if (!ours) {
      throw new MigrationError(
        'newer_database',
        `The database has migration ${name}, which this release does not know: run the release that made it, or a newer one.`,
      )
    }
    if (ours.checksum !== checksum) {
      throw new MigrationError(
        'changed_migration',
        `Migration ${name} was applied in another wording than this release has: restore its text and put the change into a new migration.`,
      )
    }
  }
}

/**
 * One migration in its own transaction, its version row first: a second runner waits at that row until the first has
 * committed, and then finds the work done. Answers whether it was ours to apply.
 */
const applyOne = (connection: OwnerConnection, migration: Migration): Promise<boolean> =>
  asOwner(connection, async () => {
    const claimed = await connection.query(
      `insert into venuekit.migrations (number, name, checksum, applied_at)
       values ($1, $2, $3, clock_timestamp()) on conflict (number) do nothing returning number`,
      [migration.number, migration.name, migration.checksum],
    )
    if (claimed.length === 0) return false
    await connection.exec(migration.sql)
    return true
  })

/** Applies what is missing, in order. Answers the names of those it applied. */
export const applyMigrations = async (connection: OwnerConnection, migrations: Migration[]): Promise<string[]> => {
  const names: string[] = []
  const applied = await readApplied(connection)
  refuseForeign(applied, migrations)
  const known = new Set(applied.map(({ number }) => number))
  for (const migration of migrations.filter(({ number }) => !known.has(number))) {
    if (await applyOne(connection, migration)) names.push(migration.name)
  }
  refuseForeign(await readApplied(connection), migrations)
  return names
}
