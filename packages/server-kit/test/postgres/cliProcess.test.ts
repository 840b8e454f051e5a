import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lockFolder } from '../../src/adapters/lockFolder.ts'
import { pgliteSnapshotFile, readPgliteSnapshot } from '../../src/testing/pgliteSnapshot.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'
import type { TestShop } from '../../src/testing/testShop.ts'
import { type CliStage, email, startCliStage } from '../cli/cliStage.ts'
import type { RunOptions } from '../cli/runVenuekit.ts'

const canaries = /canary0|canary-(order|jobs)|Y2FuYXJ5|canary\.buyer|canary0000/

let stage: CliStage
let postgres: TestPostgres
let target: TestDatabase
let shop: TestShop
let orderId = ''
let folder = ''

beforeAll(async () => {
  stage = await startCliStage()
  ;({ postgres, target, shop, orderId, folder } = stage)
}, 120_000)
afterAll(() => stage.close())

const run = (args: string[], options: RunOptions = {}) => stage.run(args, options)

/** The outbox has the sale's mail and the call of the host's function; the mail was given up. */
const giveUpMail = () =>
  postgres.run(
    `update venuekit.outbox set status = 'dead', last_error = '550 <${email}>: mailbox full', dismissed_by = null
     where kind = 'tickets'`,
    target.name,
  )

test('no command of a whole run prints a secret or an address; --json is one document alone', async () => {
  await giveUpMail()
  const csv = join(folder, 'events.csv')
  const exported = await run(['events', 'export', '--format', 'csv'])
  await writeFile(csv, exported.stdout)
  const commands = [
    'migrate',
    'health',
    'audit',
    'repair',
    'reconcile',
    'doctor --only keys grants webhooks',
    'job list',
    'job run check-health --now',
    'webhooks list',
    'webhooks replay --dead',
    'messages list',
    'messages replay --dead',
    `orders show ${orderId}`,
    'venues list',
    `events import ${csv}`,
    `events pause ${shop.eventId}`,
    `events cancel ${shop.eventId}`,
  ]
  let output = ''
  for (const command of commands) {
    for (const form of [['--json'], ['--verbose']]) {
      const ran = await run([...command.split(' '), ...form])
      output += ran.all
      // The webhook that was given up is a finding.
      expect([0, 1], `${command}: ${ran.all}`).toContain(ran.code)
      if (form[0] === '--json') expect(() => JSON.parse(ran.stdout), command).not.toThrow()
      expect(ran.stdout).not.toContain('\u001b')
    }
  }
  expect(output).toContain('c***@private.example')
  expect(output.match(canaries)).toBeNull()
  expect(output).not.toContain('\u001b')
}, 600_000)

test('the buyer is shown to who asks for it', async () => {
  const ran = await run(['orders', 'show', orderId, '--show-email'])
  expect(ran.code).toBe(0)
  expect(ran.stdout).toContain(`Buyer Canary, ${email}`)
})

test('what cannot be is told in a sentence, with its exit code and no stack', async () => {
  const cases: [args: string[], code: number, says: RegExp, options?: RunOptions][] = [
    [['audot'], 2, /unknown command 'audot'/],
    [['audit', '--evnt', 'x'], 2, /unknown option '--evnt'/],
    [['audit', '--event', 'nonsense'], 2, /must be a UUID/],
    [['repair', '--apply'], 2, /--apply needs --actor/],
    [['reconcile', '--from', '2026-01-01'], 2, /both ends/],
    [['audit'], 3, /There is no venuekit\.config/, { config: null, cwd: folder }],
    [['audit', '--config', 'nowhere.ts'], 3, /There is no nowhere\.ts/, { config: null }],
    [
      ['health'],
      4,
      /The database cannot be used/,
      { env: { CLI_DATABASE_URL: 'postgres://u:canary0pass@127.0.0.1:9/x' } },
    ],
    [['health'], 4, /refuses the login/, { env: { CLI_DATABASE_URL: target.appUrl.replace(/\/\w+$/, '/nowhere') } }],
    [['orders', 'show', crypto.randomUUID()], 6, /There is no order/],
    [['events', 'cancel', crypto.randomUUID()], 6, /No such event/],
  ]
  await writeFile(join(folder, 'throws.config.mjs'), 'throw new Error("canary0 in the cellar")')
  await writeFile(join(folder, 'empty.config.mjs'), 'export default {}')
  cases.push([
    ['health', '--config', 'throws.config.mjs'],
    3,
    /fails: canary0 in the cellar/,
    { config: null, cwd: folder },
  ])
  cases.push([['health', '--config', 'empty.config.mjs'], 3, /must be defineHost/, { config: null, cwd: folder }])
  for (const [args, code, says, options] of cases) {
    const ran = await run(args, options)
    expect([args.join(' '), ran.code, ran.stdout]).toEqual([args.join(' '), code, ''])
    expect(ran.stderr).toMatch(says)
    expect(ran.stderr).not.toMatch(/^\s+at /m)
    expect(ran.stderr).not.toContain('canary0pass')
  }
  const problem = await run(['orders', 'show', crypto.randomUUID(), '--json'])
  expect(JSON.parse(problem.stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({ code: 'not_found', exitCode: 6 })
}, 120_000)

test('a file without an event does not read as one whose events are all there', async () => {
  const ran = await run(['events', 'import', '-', '--format', 'json'], { stdin: '{"events": []}' })
  expect(ran).toMatchObject({ code: 0, stdout: 'There is no event in it.\n' })
})

test('a newer database and one that is not migrated are refused with a sentence', async () => {
  const bare = await postgres.createDatabase({ migrated: false })
  const on = (other: TestDatabase) => ({ env: { CLI_DATABASE_URL: other.adminUrl, CLI_OWNER_URL: other.adminUrl } })
  expect(await run(['health'], on(bare))).toMatchObject({
    code: 5,
    stderr: expect.stringContaining('run venuekit migrate'),
  })
  expect(await run(['migrate'], on(bare))).toMatchObject({ code: 1, stdout: expect.stringContaining('0001_venuekit') })
  const newer = await postgres.createDatabase()
  await postgres.run("insert into venuekit.migrations values (999, '0999_tomorrow', 'x', now())", newer.name)
  for (const command of ['health', 'migrate', 'serve']) {
    const ran = await run([command], on(newer))
    expect([command, ran.code]).toEqual([command, 5])
    expect(ran.stderr).toMatch(/newer release|0999_tomorrow/)
  }
}, 120_000)

test('serve answers, and SIGTERM ends it with 0', async () => {
  const ran = await run(['serve', '--port', '0', '--no-jobs'], {
    interruptAt: { text: 'Serving on', signal: 'SIGTERM' },
  })
  expect(ran).toMatchObject({ code: 0, stderr: expect.stringMatching(/Serving on http:\/\/localhost:\d+/) })
}, 120_000)

test('PGlite: the same commands, and a folder that another process holds is refused', async () => {
  await readPgliteSnapshot()
  const pglite = { CLI_DATABASE_URL: '', CLI_OWNER_URL: '', CLI_SNAPSHOT: await pgliteSnapshotFile() }
  for (const command of [
    'health',
    'audit',
    'doctor --only grants functions objects pooler timeouts login',
    'events export',
  ]) {
    const ran = await run([...command.split(' '), '--json'], { env: pglite })
    expect([command, ran.code, ran.code === 0 ? '' : ran.all]).toEqual([command, 0, ''])
  }
  const held = join(folder, 'held')
  const lock = lockFolder(held)
  const ran = await run(['health'], { env: { CLI_DATABASE_URL: '', CLI_OWNER_URL: '', CLI_PGLITE: held } })
  lock.release()
  expect(ran).toMatchObject({ code: 4, stderr: expect.stringContaining(`in use by process ${process.pid}`) })
}, 120_000)

test('init writes what is not there, keeps secrets to itself, and never writes over anything', async () => {
  const empty = await mkdtemp(join(folder, 'init-'))
  const first = await run(['init'], { config: null, cwd: empty })
  expect(first.code).toBe(0)
  const files = ['.env', '.gitignore', 'first-event.json', 'venuekit.config.mjs']
  expect((await readdir(empty)).sort()).toEqual(files)
  const read = () => Promise.all(files.map(name => readFile(join(empty, name), 'utf8')))
  const before = await read()
  const secret = /VENUEKIT_ORDER_TOKEN_SECRET=(\S{40,})/.exec(before[0] ?? '')?.[1] ?? ''
  expect(secret).not.toBe('')
  expect(first.all).not.toContain(secret)
  expect(before[1]).toContain('.env')
  await writeFile(join(empty, '.env'), 'VENUEKIT_ORDER_TOKEN_SECRET=mine\n')
  const again = await run(['init'], { config: null, cwd: empty })
  expect(again).toMatchObject({ code: 1, stdout: expect.stringContaining('.env does not set VENUEKIT_TICKET_KEY') })
  expect((await read()).slice(1)).toEqual(before.slice(1))
  expect(await readFile(join(empty, '.env'), 'utf8')).toBe('VENUEKIT_ORDER_TOKEN_SECRET=mine\n')
}, 120_000)

test('a job whose process died is a finding of its list', async () => {
  await postgres.run(
    `insert into venuekit.job_runs (job, slot, run_id, worker, taken_at)
     values ('tend-media', 'extra died', gen_random_uuid(), 'w', venuekit.clock() - interval '5 minutes')`,
    target.name,
  )
  const ran = await run(['job', 'list'])
  expect(ran).toMatchObject({ code: 1, stdout: expect.stringMatching(/tend-media .*its process died/) })
}, 120_000)

test('a day that no calendar has is refused as it is given', async () => {
  const ran = await run(['reconcile', '--from', '2026-02-30', '--until', '2026-03-05'])
  expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('It must be a date') })
}, 120_000)

test('a mail that was given up is let go of by a name, or sent once more, and told of each time', async () => {
  await giveUpMail()
  interface Shown {
    messageId: string
    status: string
    dismissedBy: string | null
  }
  const ask = async (...args: string[]) => {
    const { code, stdout } = await run(['messages', ...args, '--json'])
    return { code, answer: JSON.parse(stdout) as { messages: Shown[]; unknown: string[] } }
  }
  const { stdout } = await run(['messages', 'list', '--status', 'dead', '--event', shop.eventId, '--json'])
  const [{ messageId } = { messageId: '' }] = JSON.parse(stdout) as Shown[]
  expect((await ask('dismiss', messageId)).answer.messages).toMatchObject([{ status: 'dead' }])
  expect(await run(['messages', 'dismiss', messageId, '--apply'])).toMatchObject({ code: 2 })
  const dismissed = await ask('dismiss', messageId, '--apply', '--actor', 'Ida')
  expect(dismissed).toMatchObject({ code: 0, answer: { messages: [{ status: 'dismissed', dismissedBy: 'Ida' }] } })

  await giveUpMail()
  expect((await ask('replay', '--dead')).answer.messages).toMatchObject([{ messageId, status: 'dead' }])
  const sent = await ask('replay', '--dead', '--event', shop.eventId, '--apply')
  expect(sent).toMatchObject({ code: 0, answer: { messages: [{ messageId, status: 'sent' }] } })
  expect((await ask('replay', '--dead', '--apply')).answer.messages).toEqual([])
  const unknown = await ask('replay', crypto.randomUUID())
  expect(unknown).toMatchObject({ code: 1, answer: { messages: [], unknown: [expect.any(String)] } })
  expect(await run(['messages', 'replay'])).toMatchObject({ code: 2 })
  expect(await run(['messages', 'replay', messageId, '--event', shop.eventId])).toMatchObject({ code: 2 })
}, 120_000)

test('all that were given up are replayed, though they are more than are listed at once', async () => {
  await postgres.run(
    `insert into venuekit.webhooks (account, gateway_event_id, type, mode, payload, status, received_at, next_try_at)
     select '${stage.twin.account}', 'evt_many_' || n, 'ping', 'test', '{}', 'dead', venuekit.clock(), venuekit.clock()
     from generate_series(1, 1005) n`,
    target.name,
  )
  const replayed = async (...more: string[]) => {
    const { stdout } = await run(['webhooks', 'replay', '--dead', '--json', ...more])
    const { webhooks } = JSON.parse(stdout) as { webhooks: { gatewayEventId: string; status: string }[] }
    return webhooks.filter(({ gatewayEventId }) => gatewayEventId.startsWith('evt_many_'))
  }
  expect(await replayed()).toHaveLength(1005)
  const done = await replayed('--apply')
  expect([done.length, new Set(done.map(({ status }) => status))]).toEqual([1005, new Set(['done'])])
}, 120_000)
