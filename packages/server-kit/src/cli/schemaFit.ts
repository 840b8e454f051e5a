import { compareReleases } from '../migrations/compareReleases.ts'
import { readSqlFiles } from '../migrations/sqlFiles.ts'
import type { Database } from '../ports/database.ts'
import { CliError } from './cliError.ts'

/**
 * Refuses a database that another release made: a newer one's functions may answer otherwise, and an older one lacks
 * some. Throws `CliError`; where even the question is unknown, the database's own error, which says `not_migrated`.
 */
export const requireFittingSchema = async (database: Database): Promise<void> => {
  const [theirs, ours] = await Promise.all([database.call('venuekit.read_schema', {}), readSqlFiles()])
  const migration = ours.migrations.at(-1)
  const ahead = theirs.migration > (migration?.number ?? 0)
  const order = theirs.release === null ? 0 : compareReleases(ours.release, theirs.release)
  if (ahead || order < 0) {
    throw new CliError(
      'schema',
      'newer_database',
      `The database was made by a newer release (${theirs.release}, migration ${theirs.migration}) than this one (${ours.release}, ${migration?.number}): run that release of VenueKit.`,
    )
  }
  if (theirs.migration < (migration?.number ?? 0) || order > 0) {
    throw new CliError(
      'schema',
      'not_migrated',
      `The database is of release ${theirs.release}, migration ${theirs.migration}, and this is ${ours.release}, ${migration?.number}: run venuekit migrate --apply.`,
    )
  }
}
