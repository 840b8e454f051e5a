import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
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

const tryLock = (file: string): boolean => {
  try {
    const handle = openSync(file, 'wx')
    writeSync(handle, String(process.pid))
    closeSync(handle)
    return true
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EEXIST') return false
    throw error
  }
}

/** Paths this process holds: its own pid in a file proves nothing. */
const held = new Set<string>()

/** Takes `<folder>.lock` for this process. Throws `DatabaseError` where another living process, or we, have it. */
export const lockFolder = (folder: string): FolderLock => {
  const file = `${resolve(folder)}.lock`
  mkdirSync(dirname(file), { recursive: true })
  if (!tryLock(file)) {
    const holder = readHolder(file)
    const left = !held.has(file) && (holder === null || holder === process.pid || !isAlive(holder))
    if (left) rmSync(file, { force: true })
    if (!left || !tryLock(file)) {
      throw new DatabaseError(
        'unavailable',
        `${folder} is in use by process ${holder}: stop it, or use a Postgres server for more than one process. If that process is not VenueKit, remove ${file}.`,
      )
    }
  }
  held.add(file)
  return {
    release() {
      if (held.delete(file)) rmSync(file, { force: true })
    },
  }
}
