import type { SqlFile, SqlFiles } from '../migrations/sqlFiles.ts'
import type { ExportFile } from './exportFile.ts'
import { functionsStatement } from './functionsStatement.ts'
import { bootstrapStatement, migrationStatement } from './migrationStatement.ts'

/** What the released files bring a database to. */
export interface ReleasedState {
  version: string
  bootstrap: string
  /** Checksums by name: their words are fixed. */
  migrations: Readonly<Record<string, string>>
  /** Checksums by name, of functions and views. */
  functions: Readonly<Record<string, string>>
}

/** Recorded in `sql/supabase/state.json`. */
export interface ExportState {
  /** `YYYYMMDD`: the stamp of the release in preparation, later than that of every release before. */
  next: string
  released: ReleasedState | null
}

/** The state that a database is in with all files of this release. */
export const stateOf = ({ release, bootstrap, migrations, functions, views }: SqlFiles): ReleasedState => ({
  version: release,
  bootstrap,
  migrations: checksumsOf(migrations),
  functions: checksumsOf([...functions, ...views]),
})

const checksumsOf = (files: readonly { name: string; checksum: string }[]): Record<string, string> =>
  Object.fromEntries(files.map(({ name, checksum }) => [name, checksum]))

/** Databases that run the released words would refuse others. */
const requireReleasedWords = ({ migrations }: SqlFiles, released: ReleasedState): void => {
  const present = checksumsOf(migrations)
  const changed = Object.keys(released.migrations).find(name => present[name] !== released.migrations[name])
  if (changed !== undefined) {
    throw new Error(
      `migration ${changed} went out with ${released.version} in other words: put the change into a new one`,
    )
  }
}

/** How many files one stamp has room for: they are told apart by its minutes. */
const maximumFiles = 60

const toFile =
  (release: string, stamp: string) =>
  (part: { title: string; sql: string }, index: number): ExportFile => {
    if (index >= maximumFiles) throw new Error(`one release has room for ${maximumFiles} files: give it another stamp`)
    return {
      name: `${stamp}00${String(index).padStart(2, '0')}00_venuekit_${part.title}.sql`,
      sql: `-- VenueKit ${release}. Written by \`venuekit sql export --supabase\`: leave it as it is, and keep it.\n${part.sql}`,
    }
  }

const sameNames = (sql: SqlFiles, released: ReleasedState): boolean =>
  [...sql.functions, ...sql.views].length === Object.keys(released.functions).length

/**
 * The files that this release adds to those of the releases before; none where its SQL is the same. Throws where a
 * migration is not what it was when it went out.
 */
export const newFiles = (sql: SqlFiles, { next, released }: ExportState): ExportFile[] => {
  const { release, bootstrap, migrations, functions, views } = sql
  const isNew = ({ name, checksum }: SqlFile): boolean => released?.functions[name] !== checksum
  if (released) requireReleasedWords(sql, released)
  const parts: { title: string; sql: string }[] = []
  if (released?.bootstrap !== bootstrap) parts.push({ title: 'roles', sql: bootstrapStatement(bootstrap) })
  for (const migration of migrations.filter(({ name }) => released?.migrations[name] === undefined)) {
    parts.push({ title: migration.name, sql: migrationStatement(migration) })
  }
  const changed = functions.filter(isNew)
  if (!released || changed.length > 0 || views.some(isNew) || !sameNames(sql, released)) {
    const names = [...functions, ...views].map(({ name }) => name)
    const title = `functions_${release.replaceAll(/[^0-9a-z]/gi, '_')}`
    parts.push({ title, sql: functionsStatement({ release, functions: changed, views, names }) })
  }
  return parts.map(toFile(release, next))
}
