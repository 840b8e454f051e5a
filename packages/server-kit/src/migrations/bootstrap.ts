import type { OwnerConnection } from '../ports/database.ts'
import { inTransaction } from './inTransaction.ts'
import { MigrationError } from './migrationError.ts'
import { sqlStateOf } from './sqlStateOf.ts'

/**
 * What two databases of one cluster, or two runners on one database, do to each other while they make the same roles
 * and schemas: unique_violation, duplicate_object, duplicate_schema, duplicate_table, deadlock, and "tuple concurrently
 * updated", which has no code of its own.
 */
const collisions = new Set(['23505', '42710', '42P06', '42P07', '40P01', 'XX000'])
const maximumTries = 10
const insufficientPrivilege = '42501'

/** Makes roles, schemas and the record of migrations, where they are not there yet. */
export const bootstrap = async (connection: OwnerConnection, sql: string): Promise<void> => {
  for (let tries = 1; ; tries++) {
    try {
      return await inTransaction(connection, () => connection.exec(sql))
    } catch (error) {
      const state = sqlStateOf(error)
      if (state === insufficientPrivilege) {
        throw new MigrationError(
          'not_permitted',
          `The migrating user may not make the roles and schemas (${String(error)}). Give it CREATEROLE and CREATE on the database, or create venuekit_owner, venuekit_app and venuekit_ops for it and grant it venuekit_owner.`,
          { cause: error },
        )
      }
      if (!collisions.has(state ?? '') || tries === maximumTries) throw error
    }
  }
}
