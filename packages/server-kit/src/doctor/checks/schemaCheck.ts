import { MigrationError } from '../../migrations/migrationError.ts'
import { type MigrationPlan, planMigration } from '../../migrations/planMigration.ts'
import { type Check, ok, problem, skipped, some, type Verdict } from '../check.ts'

const run = 'run venuekit migrate --apply'

const refusals: Partial<Record<MigrationError['kind'], string>> = {
  newer_database: 'run the newer release, or go back on purpose as it says',
  changed_migration: 'run the release whose text it is',
}

const judgePlan = ({ migrations, functions, dropped }: MigrationPlan): Verdict[] => {
  const found: Verdict[] = []
  if (migrations.length > 0) found.push(problem(`Migrations are missing: ${some(migrations)}.`, run))
  if (functions.length > 0) found.push(problem(`Functions are of another release: ${some(functions)}.`, run))
  if (dropped.length > 0) found.push(problem(`Functions of another release are left: ${some(dropped)}.`, run))
  return found.length > 0 ? found : [ok("Migrations and functions are this release's.")]
}

/** The database's release against this one's. */
export const schemaCheck: Check = {
  name: 'schema',
  async examine({ database, files }) {
    if (!database) return [skipped('this adapter reaches functions only')]
    try {
      return judgePlan(await planMigration(database, files))
    } catch (error) {
      if (!(error instanceof MigrationError)) throw error
      return [problem(error.message, refusals[error.kind] ?? run)]
    }
  },
}
