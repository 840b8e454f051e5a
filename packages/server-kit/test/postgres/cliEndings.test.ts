import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { NewEvent } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CliStage, startCliStage } from '../cli/cliStage.ts'

let stage: CliStage
beforeAll(async () => {
  stage = await startCliStage()
}, 120_000)
afterAll(() => stage.close())

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const config = fileURLToPath(new URL('../cli/venuekit.config.ts', import.meta.url))

const newEvent = (name: string): NewEvent => ({
  id: crypto.randomUUID(),
  venueId: stage.shop.venueId,
  name,
  startsAt: '2030-06-01T19:00:00.000Z',
  timeZone: 'America/Chicago',
  currency: 'USD',
  tiers: [{ id: crypto.randomUUID(), name: 'Chair', priceMinor: 0, capacity: 5 }],
})

const amountOf = async (rows: string): Promise<number> => {
  const [row] = await stage.postgres.run(`select count(*)::integer as amount from ${rows}`, stage.target.name)
  return Number(row?.amount)
}

/** With streams of the test's own. */
const start = (args: string[], stdio: StdioOptions): ChildProcess =>
  spawn(process.execPath, [main, '--config', config, ...args], {
    env: { PATH: process.env.PATH, NODE_OPTIONS: '--conditions=@venuekit/source', ...stage.env },
    stdio,
  })

const ended = async (child: ChildProcess): Promise<[code: number | null, stderr: string]> => {
  let stderr = ''
  child.stderr?.on('data', chunk => {
    stderr += chunk
  })
  const [code] = await once(child, 'close')
  return [code, stderr]
}

test('Ctrl-C ends an import behind the event under way, and the same command goes on there', async () => {
  const file = join(stage.folder, 'season.json')
  await writeFile(file, JSON.stringify({ events: Array.from({ length: 400 }, () => newEvent('Season')) }))
  const importing = ['events', 'import', file, '--apply', '--json', '--progress']
  const there = () => amountOf("ticketing.events where name = 'Season'")
  const ran = await stage.run(importing, { interruptAt: { text: 'of 400 events written', signal: 'SIGINT' } })
  expect(ran.code, ran.stderr).toBe(130)
  const written = await there()
  expect(written).toBeGreaterThan(0)
  expect(written).toBeLessThan(400)
  const { events } = JSON.parse(ran.stdout) as { events: { outcome: string }[] }
  expect(events.filter(({ outcome }) => outcome === 'created')).toHaveLength(written)
  expect(await stage.run(importing)).toMatchObject({ code: 0 })
  expect(await there()).toBe(400)
  const again = await stage.run(importing)
  expect(again).toMatchObject({ code: 0 })
  expect(again.stdout).not.toMatch(/"(created|new)"/)
}, 120_000)

test('Ctrl-C ends a repair behind its step, and the same command goes on there', async () => {
  const season = "event_id in (select event_id from ticketing.events where name = 'Season')"
  await stage.postgres.run(`update ticketing.tier_inventory set reserved = 1 where ${season}`, stage.target.name)
  const repairing = ['repair', '--apply', '--actor', 'Ida', '--progress']
  const wrong = () => amountOf(`ticketing.tier_inventory where reserved > 0 and ${season}`)
  const ran = await stage.run(repairing, { interruptAt: { text: 'repair: ', signal: 'SIGINT' } })
  expect(ran.code, ran.stderr).toBe(130)
  const left = await wrong()
  expect(left).toBeGreaterThan(0)
  expect(left).toBeLessThan(400)
  await stage.run(repairing)
  expect(await wrong()).toBe(0)
}, 120_000)

test('a gateway that does not answer, or refuses the key, ends with 7 and a sentence without the key', async () => {
  for (const change of [{ CLI_STRIPE: 'http://127.0.0.1:9' }, { CLI_SECRET_KEY: 'sk_test_canary0another' }]) {
    const ran = await stage.run(['reconcile', '--json'], { env: change })
    expect([ran.code, ran.stdout]).toEqual([7, ''])
    expect(JSON.parse(ran.stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({
      code: 'gateway_unavailable',
      exitCode: 7,
      message: expect.stringMatching(/^The payment gateway: Stripe/),
    })
    expect(ran.all).not.toContain('canary0')
  }
}, 150_000)

test('a full disk is told, and ends with 70 where all else went well', async () => {
  const child = start(['events', 'export'], ['ignore', openSync('/dev/full', 'w'), 'pipe'])
  expect(await ended(child)).toEqual([70, expect.stringContaining('not all of it could be written: ENOSPC')])
}, 120_000)

test('what is no UTF-8 on stdin is refused instead of being spoilt, and Ctrl-C does not wait for it', async () => {
  const reading = () => start(['events', 'import', '-', '--format', 'csv'], ['pipe', 'ignore', 'pipe'])
  const latin = reading()
  latin.stdin?.end(Buffer.from('event_id,name\nx,Caf\xe9\n', 'latin1'))
  expect(await ended(latin)).toEqual([2, expect.stringContaining('stdin is not UTF-8')])

  const waiting = reading()
  // More than a pipe holds: it is all taken only once somebody reads.
  waiting.stdin?.write(Buffer.alloc(1 << 20, 'x'), () => waiting.kill('SIGINT'))
  expect(await ended(waiting)).toEqual([130, expect.stringContaining('as asked')])
}, 120_000)

test('a configuration that cannot be is told as such, whatever it throws or leaves out', async () => {
  const cases: [text: string, says: RegExp][] = [
    ["export default { options: { database: 'postgres://u:canary0pass@h/d', gateway: {} } }", /must have a database/],
    ['export default { options: { database: null, gateway: null } }', /must have a database/],
    ['export default { options: () => { throw undefined } }', /fails: undefined/],
    ["throw new Error('red \\u001b[31m')", /fails: red {2}\[31m/],
  ]
  for (const [index, [text, says]] of cases.entries()) {
    const file = join(stage.folder, `odd${index}.config.mjs`)
    await writeFile(file, text)
    const ran = await stage.run(['--config', file, 'health'], { config: null })
    expect([text, ran.code, ran.stderr]).toEqual([text, 3, expect.stringMatching(says)])
    expect(ran.all).not.toContain('canary0')
  }
}, 120_000)

test('a signal ends cancelling and replaying before their next item, with its exit code', async () => {
  const asked = { interruptAt: { text: 'a host that talks', signal: 'SIGTERM' } } as const
  expect(await stage.run(['events', 'cancel', stage.shop.eventId, '--apply', '--actor', 'Ida'], asked)).toMatchObject({
    code: 143,
  })
  expect(await stage.run(['webhooks', 'replay', 'evt_dead', '--apply'], asked)).toMatchObject({ code: 143 })
  const shown = await stage.run(['events', 'cancel', stage.shop.eventId, '--json'])
  expect(JSON.parse(shown.stdout)).toMatchObject({ applied: false, event: { status: 'scheduled' } })
  const { webhooks } = await stage.database.call('venuekit.list_webhooks', {
    status: 'dead',
    gateway_event_ids: ['evt_dead'],
    max_webhooks: 1,
  })
  expect(webhooks).toHaveLength(1)
}, 120_000)

test('work goes on to its end, and to its exit code, though nobody reads any more', async () => {
  const event = newEvent('Unread')
  const file = join(stage.folder, 'unread.json')
  await writeFile(file, JSON.stringify(event))
  const unread = async (args: string[]) => {
    const child = start(args, ['ignore', 'pipe', 'pipe'])
    child.stdout?.destroy()
    child.stderr?.destroy()
    return (await once(child, 'exit'))[0]
  }
  // The host's own words are printed while its configuration is read, before the work begins.
  expect(await unread(['events', 'import', file, '--apply', '--progress'])).toBe(0)
  const found = await stage.database.call('ticketing.export_events', {
    after: null,
    venue_id: null,
    event_ids: [event.id],
    max_events: 1,
  })
  expect(found.events).toHaveLength(1)
  expect(await unread(['audot'])).toBe(2)
}, 120_000)

test('a reader who stops reading ends it quietly', async () => {
  const child = spawn('/bin/sh', ['-c', `"${process.execPath}" ${main} --help | true`], {
    env: { PATH: process.env.PATH, NODE_OPTIONS: '--conditions=@venuekit/source' },
  })
  expect((await ended(child))[1]).toBe('')
})
