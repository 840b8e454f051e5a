import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const bench = async (...args: string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)(process.execPath, ['bench/run.ts', ...args], {
    cwd: new URL('..', import.meta.url),
  })
  return stdout
}

const foldersIn = (temporary: string): string[] =>
  readdirSync(temporary).filter(name => name.startsWith('venuekit-postgres-'))

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
  'operations: overview 624',
  'operations: page of 25 events 624',
  'operations: plots, 72 hours 624',
  'operations: plots, 60 days 624',
  'operations: plots of one event, 60 days 624',
  'operations: plots from the journal alone 624',
  'operations: adding it all up, once 624',
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
  await expect(bench('ticketing', '--fast')).rejects.toThrow(/knows --quick, health, .*; not --fast/)
})

test('a benchmark that is ended takes its Postgres with it', async () => {
  const temporary = mkdtempSync(join(tmpdir(), 'venuekit-ended-'))
  chmodSync(temporary, 0o755)
  try {
    const bench = spawn(process.execPath, ['bench/run.ts', 'ticketing', '--quick', 'reserve'], {
      cwd: new URL('..', import.meta.url),
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await once(bench.stderr, 'data')
    const [folder = ''] = foldersIn(temporary)
    const pid = Number(readFileSync(join(temporary, folder, 'postmaster.pid'), 'utf8').split('\n')[0])
    bench.kill('SIGTERM')
    expect(await once(bench, 'exit')).toEqual([143, null])
    expect(foldersIn(temporary)).toEqual([])
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}, 120_000)
