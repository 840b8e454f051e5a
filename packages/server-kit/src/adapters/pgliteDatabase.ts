import { PGlite } from '@electric-sql/pglite'
import type { MigratableDatabase, OwnerConnection, SqlFunctionName, SqlResult } from '../ports/database.ts'
import { DatabaseError } from '../ports/databaseError.ts'
import { type FolderLock, lockFolder } from './lockFolder.ts'
import { oneAtATime } from './oneAtATime.ts'
import { retryConflicts } from './retryConflicts.ts'
import { type SqlCall, sqlCall } from './sqlCall.ts'

export interface PgliteOptions {
  /** The folder where the data lies, also as `file://…`; in memory where it is left out or `memory://`. */
  dataDir?: string
  /** What `dump` of another one gave; only for a new database. */
  loadDataDir?: Blob
}

export interface PgliteDatabase extends MigratableDatabase {
  /** The whole database as a tar file, for `loadDataDir`. */
  dump(): Promise<Blob>
}

const appRole = 'venuekit_app'
const undefinedRole = '22023'

const startEngine = ({ dataDir, loadDataDir }: PgliteOptions): PGlite =>
  new PGlite({
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(loadDataDir === undefined ? {} : { loadDataDir }),
    // Small log files: a dump is a quarter the size.
    initDbStartParams: ['--wal-segsize=1'],
  })

/** PGlite's own prefixes; null where nothing is kept that another process could open. */
const folderOf = ({ dataDir }: PgliteOptions): string | null =>
  dataDir === undefined || dataDir.startsWith('memory://') ? null : dataDir.replace(/^file:\/\//, '')

const toOwnerConnection = (engine: PGlite): OwnerConnection => ({
  async exec(sql) {
    await engine.exec(sql)
  },
  async query<Row>(sql: string, parameters: unknown[] = []) {
    const { rows } = await engine.query<Row>(sql, parameters)
    return rows
  },
})

/** Calls run as the application's role, so that grants are as real as on a server. */
const enterAppRole = async (engine: PGlite): Promise<void> => {
  try {
    await engine.exec(`set role ${appRole}`)
  } catch (error) {
    if ((error as { code?: unknown }).code !== undefinedRole) throw error
    throw new DatabaseError('failed', 'the database is not migrated yet: call migrate() first', { cause: error })
  }
}

const run = async (engine: PGlite, { text, values }: SqlCall): Promise<unknown> => {
  const { rows } = await engine.query<{ result: unknown }>(text, values)
  return rows[0]?.result
}

/**
 * Postgres in this process, by PGlite. One connection, one call at a time. It never fires time-outs, and two processes
 * on one folder would lose data silently (124 of 200 rows), so that the folder is locked while it is open; throws
 * `DatabaseError` of kind `unavailable` where another process has it.
 */
export const pgliteDatabase = (options: PgliteOptions = {}): PgliteDatabase => {
  const folder = folderOf(options)
  const lock: FolderLock | null = folder === null ? null : lockFolder(folder)
  const engine = startEngine(options)
  engine.waitReady.catch(() => lock?.release())
  const queue = oneAtATime()
  let inAppRole = false
  let closing: Promise<void> | undefined

  const asApp = async (statement: SqlCall) => {
    if (!inAppRole) await enterAppRole(engine)
    inAppRole = true
    return run(engine, statement)
  }
  const asOwner = async <Result>(work: (connection: OwnerConnection) => Promise<Result>) => {
    inAppRole = false
    await engine.exec('reset role')
    return work(toOwnerConnection(engine))
  }
  const asSession = async <Result>(work: (connection: OwnerConnection) => Promise<Result>) => {
    if (!inAppRole) await enterAppRole(engine)
    inAppRole = true
    return work(toOwnerConnection(engine))
  }
  return {
    async call<Name extends SqlFunctionName>(name: Name, args: Record<string, unknown>) {
      const statement = sqlCall(name, args)
      return (await retryConflicts(() => queue(() => asApp(statement)))) as SqlResult<Name>
    },
    withOwner: work => queue(() => asOwner(work)),
    withApplication: work => queue(() => asSession(work)),
    dump: () => queue(() => engine.dumpDataDir('none')),
    close() {
      closing ??= queue(() => engine.close()).finally(() => lock?.release())
      return closing
    },
  }
}
