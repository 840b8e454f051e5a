import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Trial, Verdict } from './lane.ts'

export interface Lane {
  attempt(trial: Trial): Promise<Verdict>
  close(): Promise<void>
}

const program = fileURLToPath(new URL('./lane.ts', import.meta.url))

const answerOf = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`a lane ended with ${code}`))
    child.once('exit', onExit)
    child.once('message', message => {
      child.off('exit', onExit)
      resolve(message)
    })
  })

/** Starts a process with a folder of its own for all that it writes; both go with `close`, or when this one dies. */
export const startLane = async (): Promise<Lane> => {
  const folder = mkdtempSync(join(tmpdir(), 'venuekit-mutants-'))
  // Postgres runs as another user and must reach its data.
  chmodSync(folder, 0o755)
  const child = fork(program, {
    execArgv: ['--conditions=@venuekit/source'],
    env: { ...process.env, TMPDIR: folder, VENUEKIT_RUNS: '200', VENUEKIT_SEED: '1' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Ctrl-C reaches this process alone, which then lets go of the lane.
    detached: true,
  })
  await answerOf(child)
  return {
    async attempt(trial) {
      const answer = answerOf(child)
      child.send(trial)
      return (await answer) as Verdict
    },
    async close() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
