import type { OwnerConnection } from '../ports/database.ts'
import { compareReleases } from './compareReleases.ts'
import { asOwner } from './inTransaction.ts'
import { MigrationError } from './migrationError.ts'
import type { SqlFile, SqlFiles } from './sqlFiles.ts'
import { sqlStateOf } from './sqlStateOf.ts'

/** The file makes a second signature beside the old one, or one that differs from it only in names or result. */
const signatureChanged = new Set(['42P13', '42725'])

const dropAll = async (connection: OwnerConnection, name: string): Promise<void> => {
  const signatures = await connection.query<{ signature: string }>(
    `select p.oid::regprocedure::text as signature
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname || '.' || p.proname = $1`,
    [name],
  )
  for (const { signature } of signatures) await connection.exec(`drop function ${signature}`)
}

const dropView = (connection: OwnerConnection, name: string): Promise<void> => {
  const [schema, view] = name.split('.')
  return connection.exec(`drop view if exists "${schema}"."${view}"`)
}

const record = async (connection: OwnerConnection, { name, checksum }: SqlFile): Promise<void> => {
  await connection.query(
    `insert into venuekit.functions (name, checksum, applied_at) values ($1, $2, clock_timestamp())
     on conflict (name) do update set checksum = excluded.checksum, applied_at = excluded.applied_at`,
    [name, checksum],
  )
}

/** Answers whether the old one had to go first. */
const applyFunction = async (connection: OwnerConnection, file: SqlFile, views: SqlFile[]): Promise<boolean> => {
  await connection.exec('savepoint before_function')
  let replaced = false
  try {
    await connection.exec(file.sql)
  } catch (error) {
    if (!signatureChanged.has(sqlStateOf(error) ?? '')) throw error
    await connection.exec('rollback to savepoint before_function')
    // A view that names it would hold it.
    for (const { name } of views) await dropView(connection, name)
    await dropAll(connection, file.name)
    await connection.exec(file.sql)
    replaced = true
  }
  await record(connection, file)
  return replaced
}

const applyView = async (connection: OwnerConnection, file: SqlFile): Promise<void> => {
  await dropView(connection, file.name)
  await connection.exec(file.sql)
  await record(connection, file)
}

const forget = async (connection: OwnerConnection, name: string): Promise<void> => {
  const [view] = await connection.query("select from pg_class where oid = to_regclass($1) and relkind = 'v'", [name])
  if (view) await dropView(connection, name)
  else await dropAll(connection, name)
  await connection.query('delete from venuekit.functions where name = $1', [name])
}

/** 0 where this release was here last, above 0 where an older one or none was. Throws `MigrationError` for a newer one. */
export const refuseNewerRelease = async (connection: OwnerConnection, release: string): Promise<number> => {
  const [newest] = await connection.query<{ version: string }>('select version from venuekit.release')
  const order = newest ? compareReleases(release, newest.version) : 1
  if (newest && order < 0) {
    throw new MigrationError(
      'newer_database',
      `The database has the functions of release ${newest.version}, and this is ${release}: run that release or a newer one. To go back on purpose, set it back first: update venuekit.release set version = '${release}'.`,
    )
  }
  return order
}

/** Refuses where a newer release was here; notes this one where it is the newest. */
const claimRelease = async (connection: OwnerConnection, release: string): Promise<void> => {
  const order = await refuseNewerRelease(connection, release)
  if (order === 0) return
  await connection.query(
    `insert into venuekit.release (the_only, version, applied_at) values (true, $1, clock_timestamp())
     on conflict (the_only) do update set version = excluded.version, applied_at = excluded.applied_at`,
    [release],
  )
}

/**
 * Applies the functions and views whose text changed and drops those whose file is gone, all in one transaction: a call
 * sees the old set or the new one. What defaults of the host gave away with them is taken back. Answers the names that
 * changed. Throws `MigrationError` where a newer release was here.
 */
export const applyFunctions = (
  connection: OwnerConnection,
  { release, functions, views }: Pick<SqlFiles, 'release' | 'functions' | 'views'>,
): Promise<string[]> =>
  asOwner(connection, async () => {
    // Functions name each other in no order; the lock keeps a second runner out until this one is done.
    await connection.exec('lock table venuekit.functions in exclusive mode; set local check_function_bodies = off')
    await claimRelease(connection, release)
    const applied = await connection.query<{ name: string; checksum: string }>(
      'select name, checksum from venuekit.functions',
    )
    const checksums = new Map(applied.map(({ name, checksum }) => [name, checksum]))
    const isNew = ({ name, checksum }: SqlFile): boolean => checksums.get(name) !== checksum
    const changed = functions.filter(isNew)
    const wanted = new Set([...functions, ...views].map(({ name }) => name))
    const gone = applied.map(({ name }) => name).filter(name => !wanted.has(name))
    let viewsDropped = false
    for (const file of changed) viewsDropped = (await applyFunction(connection, file, views)) || viewsDropped
    const changedViews = views.filter(view => viewsDropped || isNew(view))
    for (const view of changedViews) await applyView(connection, view)
    for (const name of gone) await forget(connection, name)
    await connection.query('select venuekit.expose_api()')
    await connection.query('select venuekit.close_to_others()')
    return [...[...changed, ...changedViews].map(({ name }) => name), ...gone]
  })
