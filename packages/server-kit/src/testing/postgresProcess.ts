import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { PostgresProgram } from './postgresProgram.ts'

export interface PostgresProcess {
  /** Ends it in order. */
  stop(): Promise<void>
  /** SIGKILL to the server and all its children at once: nothing in its memory reaches the disk. */
  kill9(): Promise<void>
}

interface Settings {
  folder: string
  port: number
  flags: string[]
}

/** Linux only: elsewhere the children end by themselves once they miss their parent. */
const childrenOf = (pid: number): number[] => {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(name => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid
      } catch {
        return false
      }
    })
    .map(Number)
}

const killHard = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone already.
  }
}

/** Resolves once it takes connections; throws with its last words where it ends before. */
const untilReady = async (server: ChildProcess): Promise<void> => {
  let words = ''
  await new Promise<void>((resolve, reject) => {
    server.stderr?.on('data', (chunk: Buffer) => {
      words = `${words}${chunk.toString()}`.slice(-4000)
      if (/ready to accept (read-only )?connections/.test(words)) resolve()
    })
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`Postgres did not start:\n${words.trim()}`)))
  })
}

const launch = async ({ postgres, user }: PostgresProgram, settings: Settings): Promise<ChildProcess> => {
  const server = spawn(
    postgres,
    ['-D', settings.folder, '-p', String(settings.port), ...settings.flags.flatMap(flag => ['-c', flag])],
    { ...user, cwd: settings.folder, env: { ...process.env, LC_ALL: 'C' }, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  await untilReady(server)
  return server
}

/** A killed server's shared memory may outlive it for an instant. */
const launchPatiently = async (program: PostgresProgram, settings: Settings, tries = 20): Promise<ChildProcess> => {
  try {
    return await launch(program, settings)
  } catch (error) {
    if (tries <= 1 || !String(error).includes('shared memory')) throw error
    await delay(50)
    return launchPatiently(program, settings, tries - 1)
  }
}

/** Starts the server over an initialised folder. It ends with this process at the latest. */
export const startPostgresProcess = async (program: PostgresProgram, settings: Settings): Promise<PostgresProcess> => {
  const server = await launchPatiently(program, settings)
  const onExit = (): void => void server.kill('SIGQUIT')
  process.once('exit', onExit)
  const ended = once(server, 'exit').then(() => {
    process.off('exit', onExit)
  })
  return {
    async stop() {
      server.kill('SIGINT')
      await ended
    },
    async kill9() {
      const { pid } = server
      if (pid === undefined) return
      const children = childrenOf(pid)
      killHard(pid)
      children.forEach(killHard)
      await ended
    },
  }
}
