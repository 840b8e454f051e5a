import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { findPostgresProgram, type PostgresUser } from '@venuekit/server-kit/testing'
import { DemoError } from './demoError.ts'
import { quietPort } from './ports.ts'

export interface EmbeddedPostgres {
  url: string
  port: number
  stop(): Promise<void>
}

interface Settings {
  folder: string
  password: string
  /** Throw away what is there. */
  fresh: boolean
  /** Nobody reads it again: it need not survive a power cut, and goes when it is stopped. */
  scratch: boolean
}

const run = promisify(execFile)
/** Not the schemas' owner: functions that run with its rights must not be a superuser's. */
const role = 'postgres'

export const embeddedUrl = (port: number, password: string) =>
  `postgres://${role}:${password}@127.0.0.1:${port}/postgres`

/**
 * Starts a Postgres of its own in the folder, on a free local port. Its processes stand apart from ours: Ctrl-C
 * in a terminal reaches us alone, and we stop it once nothing uses it any more. One left over from a killed run
 * is stopped first.
 */
export const startEmbeddedPostgres = async (settings: Settings): Promise<EmbeddedPostgres> => {
  const { initdb, postgres, user } = await findProgram()
  const folder = placeFor(settings.folder, user)
  const control = (...args: string[]) => execute(join(dirname(postgres), 'pg_ctl'), ['-D', folder, ...args], user)

  await stopLeftOver(folder, control)
  if (settings.fresh) makeEmpty(folder, user)
  if (!existsSync(join(folder, 'PG_VERSION'))) await initialise(initdb, folder, settings.password, user)
  const port = await quietPort()
  const flags = [
    `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`,
    // What hangs gives its locks back.
    '-c statement_timeout=60s -c idle_in_transaction_session_timeout=60s',
    settings.scratch ? '-c fsync=off -c full_page_writes=off' : '',
  ]
  const log = join(folder, 'server.log')
  try {
    await control('-w', '-l', log, '-o', flags.join(' '), 'start')
  } catch {
    const lastLine = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').at(-1) : 'no log was written'
    throw new DemoError(`The embedded Postgres did not start (${lastLine}); --fresh begins with empty data.`)
  }
  return {
    url: embeddedUrl(port, settings.password),
    port,
    stop: async () => {
      await control('-w', '-m', 'fast', 'stop').catch(() => {})
      if (settings.scratch) rmSync(folder, { recursive: true, force: true })
    },
  }
}

const findProgram = async () => {
  try {
    return await findPostgresProgram()
  } catch (error) {
    throw new DemoError(`There is no embedded Postgres to start: ${firstLine(error)}. Try --pglite or DATABASE_URL.`)
  }
}

const execute = (program: string, args: string[], user: PostgresUser | null) =>
  // `pg_ctl start` leaves a server behind that keeps inherited pipes open; files do not hold us up.
  run(program, args, { ...user, cwd: tmpdir(), env: { ...process.env, LC_ALL: 'C' }, maxBuffer: 1 << 22 })

/** Whether any user may walk to the folder: root's home, for one, is closed to the user that Postgres runs as. */
const isReachable = (folder: string): boolean => {
  if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false
  return folder === dirname(folder) || isReachable(dirname(folder))
}

/** Where the data can lie: the folder itself, or, where the user cannot get there, a place that the folder names. */
const placeFor = (folder: string, user: PostgresUser | null) => {
  const pointer = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  const place = user && !isReachable(dirname(folder)) ? join(tmpdir(), `venuekit-data-${pointer}`) : folder
  if (!existsSync(place)) makeEmpty(place, user)
  else if (user) chownSync(place, user.uid, user.gid)
  return place
}

const makeEmpty = (folder: string, user: PostgresUser | null) => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (user) chownSync(folder, user.uid, user.gid)
}

const initialise = async (
  initdb: string,
  folder: string,
  password: string,
  user: PostgresUser | null,
): Promise<void> => {
  const passwordFile = join(tmpdir(), `venuekit-${process.pid}-${Date.now()}`)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user) chownSync(passwordFile, user.uid, user.gid)
  try {
    const args = ['-D', folder, '-U', role, '-A', 'scram-sha-256', '-E', 'UTF8', '--no-locale', '--no-sync']
    await execute(initdb, [...args, `--pwfile=${passwordFile}`], user)
  } catch (error) {
    throw new DemoError(`The embedded Postgres could not be set up: ${firstLine(error)}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

const stopLeftOver = async (folder: string, control: (...args: string[]) => Promise<unknown>) => {
  if (!existsSync(join(folder, 'postmaster.pid'))) return
  try {
    await control('status')
  } catch {
    // No process behind the file: Postgres itself sees that and goes on.
    return
  }
  await control('-w', '-m', 'fast', 'stop').catch(error => {
    throw new DemoError(`An embedded Postgres from an earlier run would not stop: ${firstLine(error)}`)
  })
}

const firstLine = (error: unknown) => {
  const { stderr, message } = error as { stderr?: string; message?: string }
  return (stderr || message || String(error)).trim().split('\n')[0]
}
