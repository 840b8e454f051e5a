import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const bench = async (...args: string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)(process.execPath, ['bench/run.ts', ...args], {
    cwd: new URL('..', import.meta.url),
  })
  return stdout
}

/** What stands in front of the figures: the name, and how many were sold. */
const promised = [
  'bare durable UPDATE',
  'reserve 0',
  'reserve 1,000',
  'advisory lock + SUM 400',
  'row per ticket, SKIP LOCKED 400',
  'issue 0',
  'issue 1,000',
  'expire 600 0',
  'expire 600 1,000',
  'webhook to issued 0',
  'webhook to issued 1,000',
  'refuse, sold out 0',
  'refuse, sold out 1,000',
  'bare scan of one event 400',
  'audit of one event 400',
  'health of one event, never checked 400',
  'health of one event, checked 400',
  'bare scan of 4 events 624',
  'audit of 4 events 624',
  'health of 4 events, checked 624',
]

test('a quick run of the ticketing benchmark prints each of its lines with a figure', async () => {
  const lines = (await bench('ticketing', '--quick')).split('\n').map(line => line.replaceAll(/ {2,}/g, ' '))
  for (const name of promised) {
    const line = lines.find(text => text.startsWith(`${name} `))
    expect(line, name).toMatch(/ \d[\d,.]*(\/s| ms)/)
  }
  expect(lines.filter(line => / (>=|<=) /.test(line)).length).toBeGreaterThanOrEqual(7)
}, 120_000)

test('a flag that the benchmark does not know is refused by name', async () => {
  await expect(bench('ticketing', '--fast')).rejects.toThrow('knows --quick, not --fast')
})
