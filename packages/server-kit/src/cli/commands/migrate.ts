import type { MigrationReport } from '../../migrations/migrate.ts'
import type { MigrationPlan } from '../../migrations/planMigration.ts'
import type { Canvas } from '../cli.ts'
import type { AddCommand } from '../command.ts'
import { count } from '../words.ts'

type Outcome = ({ applied: false } & MigrationPlan) | ({ applied: true } & MigrationReport)

const list = (title: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`${title}\n${names.map(name => `  ${name}`).join('\n')}`]

/** On a new database that is every function: two hundred names tell nobody anything. */
const few = 20

const functionList = (title: string, names: readonly string[]): string[] =>
  names.length > few ? [`${title}\n  ${count(names.length, 'function')} and views`] : list(title, names)

const isUpToDate = (plan: MigrationPlan): boolean =>
  plan.migrations.length + plan.functions.length + plan.dropped.length === 0

const view = (outcome: Outcome, { paint }: Canvas): string => {
  if (outcome.applied) {
    const { migrations, functions } = outcome
    const done = `Migrated: ${count(migrations.length, 'migration')}, ${count(functions.length, 'function')}.`
    return [...list('Applied', migrations), ...functionList('Set anew', functions), paint('green', done)].join('\n\n')
  }
  if (isUpToDate(outcome)) return paint('green', 'The database is up to date.')
  return [
    ...list('Migrations to apply', outcome.migrations),
    ...functionList('Functions and views to set', outcome.functions),
    ...list('Functions and views to drop', outcome.dropped),
    paint('yellow', 'Nothing was changed: venuekit migrate --apply does it.'),
  ].join('\n\n')
}

/** `venuekit migrate` */
export const addMigrate: AddCommand = (program, cli) => {
  program
    .command('migrate')
    .description("bring the database to this release's schema; without --apply, tell what is pending")
    .option('--apply', 'change the database')
    .action(async ({ apply }) => {
      const outcome = await cli.withKit(
        async ({ kit }): Promise<Outcome> =>
          apply ? { applied: true, ...(await kit.migrate()) } : { applied: false, ...(await kit.planMigration()) },
        { fittingSchema: false, endsInOrder: true },
      )
      cli.answer(outcome, view)
      cli.found(!outcome.applied && !isUpToDate(outcome))
    })
}
