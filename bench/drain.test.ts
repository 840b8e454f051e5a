import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const bench = async (...args: string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)(process.execPath, ['bench/run.ts', 'drain', ...args], {
    cwd: new URL('..', import.meta.url),
  })
  return stdout
}

test('a quick run drains both kinds of holds and prints the sales’ p99 beside the p99 without it', async () => {
  const text = await bench('--quick')
  for (const kind of ['without a session', 'each with a session']) {
    expect(text).toMatch(new RegExp(`400 overdue holds ${kind}: [\\d.]+ s, [\\d,]+/s`))
  }
  for (const name of ['sales alone', 'beside the drain']) {
    expect(text.match(new RegExp(`${name} +reserve p50 +[\\d.]+ ms, p99 +[\\d.]+ ms; whole sale`, 'g'))).toHaveLength(2)
  }
}, 120_000)

test('a flag that it does not know is refused by name', async () => {
  await expect(bench('--fast')).rejects.toThrow(/knows --quick; not --fast/)
})
