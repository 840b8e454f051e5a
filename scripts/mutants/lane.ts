/** A process that tries guards one after the other, as `mutateSql` sends them. */
import { cp, mkdir, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { readPgliteSnapshot } from '../../packages/server-kit/src/testing/pgliteSnapshot.ts'
import type { Guard } from './guard.ts'
import { takeOut, writeMutantImage } from './mutantImage.ts'
import { type Failure, startTestRunner, type TestRunner } from './testRunner.ts'

export interface Trial {
  /** Taken out together. Without any all is in place, and no test may fail. */
  guards: Guard[]
  /** Files of tests, run group by group until one fails. */
  groups: string[][]
}

export interface Verdict {
  /** None where every test passed; of several guards each that failed, else the first. */
  failures: Failure[]
  /** The SQL without the guard could not even be applied. */
  refused?: string
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const temporary = tmpdir()
const sql = join(temporary, 'sql')

/** Databases and snapshots of the trial: the lane's folder is its folder for temporary files. */
const clean = async (): Promise<void> => {
  for (const name of await readdir(temporary)) {
    if (name.startsWith('venuekit-')) await rm(join(temporary, name), { recursive: true, force: true })
  }
}

const isTimeout = ({ error }: Failure): boolean => /timed out/i.test(error)

await mkdir(sql, { recursive: true })
await cp(join(root, 'packages/server-kit/sql'), sql, { recursive: true })
const base = await readPgliteSnapshot()
const runner = await startTestRunner(root, { bail: true })
let patient: Promise<TestRunner> | undefined

const firstFailure = async (groups: string[][]): Promise<Failure[]> => {
  for (const group of groups) {
    let [failure] = await runner.run(group)
    // A busy machine is no proof.
    if (failure && isTimeout(failure)) [failure] = await runner.run([failure.file])
    if (failure) return [failure]
  }
  return []
}

const everyFailure = async (groups: string[][]): Promise<Failure[]> => {
  patient ??= startTestRunner(root, { bail: false })
  return (await patient).run(groups.flat())
}

const makeImage = async (guards: Guard[]): Promise<void> => {
  const [guard, ...others] = guards
  if (guard && others.length === 0) await writeMutantImage(sql, base, guard)
  if (others.length > 0) await readPgliteSnapshot()
}

const attempt = async ({ guards, groups }: Trial): Promise<Verdict> => {
  const putBack = await takeOut(sql, guards)
  process.env.VENUEKIT_SQL = pathToFileURL(`${sql}/`).href
  try {
    try {
      await makeImage(guards)
    } catch (error) {
      return { failures: [], refused: String(error) }
    }
    return { failures: await (guards.length > 1 ? everyFailure(groups) : firstFailure(groups)) }
  } finally {
    await putBack()
    await clean()
  }
}

process.on('message', (trial: Trial) => {
  attempt(trial).then(
    verdict => void (process.connected && process.send?.(verdict)),
    error => {
      console.error(error)
      process.exit(1)
    },
  )
})
// Whoever started it is gone, however it went: nothing stays.
process.once('disconnect', async () => {
  // In the middle of a run it may refuse to close.
  await Promise.all([runner, await patient].map(one => one?.close().catch(() => {})))
  // Tests that end at this moment may still write.
  await rm(temporary, { recursive: true, force: true, maxRetries: 5 })
  process.exit(0)
})
process.send?.('ready')
