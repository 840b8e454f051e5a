import { fork } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'venuekit-lock-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Tries the lock at the moment it is told, and says whether it has it. */
const contender = `
import { lockFolder } from '${new URL('lockFolder.ts', import.meta.url).href}'
process.on('message', ({ name, at }) => {
  while (Date.now() < at);
  try {
    lockFolder(name)
    process.send(true)
  } catch (error) {
    if (error.kind !== 'unavailable') throw error
    process.send(false)
  }
})
process.send('ready')
`

const startContenders = async (count: number) => {
  const script = join(folder, 'contender.ts')
  writeFileSync(script, contender)
  const children = Array.from({ length: count }, () => fork(script))
  const next = (child: (typeof children)[number]) => new Promise<unknown>(resolve => child.once('message', resolve))
  await Promise.all(children.map(next))
  return {
    /** How many of them have the lock. */
    async race(name: string): Promise<number> {
      const answers = Promise.all(children.map(next))
      for (const child of children) child.send({ name, at: Date.now() + 20 })
      return (await answers).filter(answer => answer === true).length
    },
    stop() {
      for (const child of children) child.kill()
    },
  }
}

test('of processes that come at the same instant one has it, also where a dead one had it before', async () => {
  const contenders = await startContenders(3)
  const winners: number[] = []
  for (let round = 0; round < 60; round++) {
    const name = join(folder, `data${round}`)
    if (round % 2) writeFileSync(`${name}.lock`, String(2 ** 22 + 1))
    winners.push(await contenders.race(name))
  }
  contenders.stop()
  expect(winners.filter(count => count !== 1)).toEqual([])
  expect(readdirSync(folder).filter(name => !/^(data\d+\.lock|contender\.ts)$/.test(name))).toEqual([])
}, 120_000)
