import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the parts of a demo that runs can be reached, by other processes of this machine. */
export interface RunningDemo {
  pid: number
  apiUrl: string
  /** Null with real Stripe. */
  twinUrl: string | null
  /** Null where DATABASE_URL says it. */
  database: { kind: 'embedded'; port: number } | { kind: 'pglite'; folder: string } | null
}

const fileIn = (folder: string) => join(folder, 'running.json')

/** Tells other processes; answers how to take it back. No secret stands in it. */
export const announceDemo = (folder: string, demo: RunningDemo): (() => void) => {
  writeFileSync(fileIn(folder), `${JSON.stringify(demo, null, 2)}\n`)
  return () => rmSync(fileIn(folder), { force: true })
}

/** The demo that runs on the folder; null where none does. */
export const findRunningDemo = (folder: string): RunningDemo | null => {
  if (!existsSync(fileIn(folder))) return null
  try {
    const demo = JSON.parse(readFileSync(fileIn(folder), 'utf8')) as RunningDemo
    return isAlive(demo.pid) ? demo : null
  } catch {
    // It is only just beginning, or ended as it began.
    return null
  }
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
