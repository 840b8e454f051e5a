import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseError } from '../ports/databaseError.ts'

export interface FolderLock {
  release(): void
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM'
  }
}

const readHolder = (file: string): number | null => {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    return Number.isInteger(pid) && pid > 0 ? pid : null
  } catch {
    return null
  }
}

const isThere = (error: unknown): boolean => (error as { code?: unknown }).code === 'EEXIST'

/** The file is there with its pid in it or not at all: who found it empty would take it for abandoned. */
const tryLock = (file: string): boolean => {
  const own = `${file}.${process.pid}`
  writeFileSync(own, String(process.pid))
  try {
    linkSync(own, file)
    return true
  } catch (error) {
    if (isThere(error)) return false
    // A file system without hard links.
    return tryPlainLock(file)
  } finally {
    rmSync(own, { force: true })
  }
}

const tryPlainLock = (file: string): boolean => {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (isThere(error)) return false
    throw error
  }
}

const abandonedAfterMs = 10_000

/** Of those who find the holder dead one clears it away at a time: a second would clear away the first one's lock. */
const takeOver = (file: string, isAbandoned: () => boolean): boolean => {
  const turn = `${file}.turn`
  const since = statSync(turn, { throwIfNoEntry: false })?.mtimeMs ?? Infinity
  if (since < Date.now() - abandonedAfterMs) rmSync(turn, { recursive: true, force: true })
  try {
    mkdirSync(turn)
  } catch (error) {
    if (isThere(error)) return false
    throw error
  }
  try {
    if (!isAbandoned()) return false
    rmSync(file, { force: true })
    return tryLock(file)
  } finally {
    rmSync(turn, { recursive: true, force: true })
  }
}

/** Paths this process holds: its own pid in a file proves nothing. */
const held = new Set<string>()

/** Takes `<folder>.lock` for this process. Throws `DatabaseError` where another living process, or we, have it. */
export const lockFolder = (folder: string): FolderLock => {
  const file = `${resolve(folder)}.lock`
  mkdirSync(dirname(file), { recursive: true })
  const isAbandoned = (): boolean => {
    const holder = readHolder(file)
    return !held.has(file) && (holder === null || holder === process.pid || !isAlive(holder))
  }
  if (!tryLock(file) && !(isAbandoned() && takeOver(file, isAbandoned))) {
    throw new DatabaseError(
      'unavailable',
      `${folder} is in use by process ${readHolder(file)}: stop it, or use a Postgres server for more than one process. If that process is not VenueKit, remove ${file}.`,
    )
  }
  held.add(file)
  return {
    release() {
      if (held.delete(file)) rmSync(file, { force: true })
    },
  }
}
