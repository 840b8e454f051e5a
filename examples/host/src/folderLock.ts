import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DemoError } from './demoError.ts'

/** Takes the folder for this process: two demos on one folder would stop each other's database. Answers how to give it back. */
export const lockFolder = (folder: string): (() => void) => {
  const path = join(folder, 'demo.pid')
  makeFolder(folder)
  const holder = readHolder(path)
  if (holder !== null && isAlive(holder))
    throw new DemoError(`Another demo (process ${holder}) uses ${folder}: end it, or delete ${path} if it is no demo.`)
  writeFileSync(path, String(process.pid))
  return () => rmSync(path, { force: true })
}

const reasons: Record<string, string> = {
  EEXIST: 'it is a file',
  ENOTDIR: 'a part of it is a file',
  EACCES: 'this user may not write there',
  EROFS: 'that disk may only be read',
}

const makeFolder = (folder: string) => {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    throw new DemoError(
      `${folder} cannot hold the demo's data, ${reasons[code] ?? message}: VENUEKIT_DATA_FOLDER names it.`,
    )
  }
}

const readHolder = (path: string) => {
  try {
    const holder = Number(readFileSync(path, 'utf8'))
    return Number.isInteger(holder) && holder > 0 && holder !== process.pid ? holder : null
  } catch {
    return null
  }
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** In a container without an init process, what was killed stays in the table for ever. */
const isZombie = (pid: number) => {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
