import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DoctorReport } from '../../src/doctor/diagnose.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop } from '../../src/testing/testShop.ts'
import { type StripeTwin, startStripeTwin } from '../../src/testing/twin/startStripeTwin.ts'
import { runVenuekit } from '../cli/runVenuekit.ts'
import { startStandby } from './startStandby.ts'

// What needs a host of its own: another server, other packages, other keys. Each as `venuekit doctor` is run.

const secretKey = 'sk_live_canary0secret0key'
const account = 'acct_1TwinOfVenueKit0'
const url = 'https://api.venue.example/webhooks/stripe'

let postgres: TestPostgres
let target: TestDatabase
let twin: StripeTwin
let env: Record<string, string>
const folder = mkdtempSync(join(tmpdir(), 'venuekit-doctor-'))

beforeAll(async () => {
  postgres = await startTestPostgres()
  target = await postgres.createDatabase()
  twin = await startStripeTwin({ secretKey, account, webhookUrl: url })
  env = {
    CLI_DATABASE_URL: target.appUrl,
    CLI_OWNER_URL: target.adminUrl,
    CLI_STRIPE: twin.url,
    CLI_SECRET_KEY: secretKey,
  }
}, 120_000)
afterAll(async () => {
  await twin.close()
  await postgres.stop()
  rmSync(folder, { recursive: true })
})

/** What the check says, level and words, and how doctor ends. */
const say = async (check: string, change: Record<string, string> = {}) => {
  const { code, stdout, all } = await runVenuekit(['doctor', '--only', check, '--json'], { env: { ...env, ...change } })
  expect(all).not.toContain('canary0')
  const { diagnoses } = JSON.parse(stdout) as DoctorReport
  return { code, told: diagnoses.map(({ level, says }) => `${level}: ${says}`) }
}

test('a standby is caught, and nothing of doctor fails on it', async () => {
  const standby = await startStandby(postgres)
  const there = (address: string) => address.replace(/:\d+\//, `:${standby.port}/`)
  const on = { CLI_DATABASE_URL: there(target.appUrl), CLI_OWNER_URL: there(target.adminUrl) }
  try {
    expect(await say('server', on)).toEqual({
      code: 1,
      told: expect.arrayContaining([expect.stringMatching(/^problem: The address leads to a standby/)]),
    })
    const whole = await runVenuekit(['doctor', '--json'], { env: { ...env, ...on } })
    expect(whole.stdout).not.toMatch(/could not be looked at/)
    expect(await runVenuekit(['job', 'run', 'purge', '--now'], { env: { ...env, ...on } })).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('read-only transaction'),
    })
  } finally {
    await standby.stop()
  }
}, 120_000)

const endpoints: [name: string, settings: Parameters<StripeTwin['control']['setEndpoints']>[0], says: RegExp][] = [
  ['no endpoint', [], /^problem: The gateway has no webhook endpoint/],
  ['an endpoint of the test mode', [{ url, live: false }], /^problem: .*another mode than the live key/],
  [
    'an endpoint without https',
    [{ url: url.replace('https', 'http'), live: true }],
    /^problem: A live webhook endpoint is not https/,
  ],
  ['an endpoint as it should be', [{ url, live: true }], /^ok: One endpoint is sent all that is needed/],
]

test.for(endpoints)('with a live key, %s is told as it is', async ([, settings, says]) => {
  twin.control.setEndpoints(settings)
  try {
    expect(await say('webhooks')).toEqual({
      code: says.source.startsWith('^ok') ? 0 : 1,
      told: [expect.stringMatching(says)],
    })
  } finally {
    twin.control.setEndpoints(null)
  }
})

test('keys of two modes end before anything is looked at; a live key on what was sold in test mode is caught', async () => {
  const mixed = await runVenuekit(['doctor', '--json'], { env: { ...env, CLI_PUBLISHABLE_KEY: 'pk_test_1' } })
  expect(mixed).toMatchObject({
    code: 3,
    stdout: '',
    stderr: expect.stringContaining('must both be live or both be test'),
  })
  expect(await say('keys')).toMatchObject({ code: 0 })
  const database = target.open()
  const shop = await openTestShop(database)
  await shop.checkout(await shop.hold())
  await database.close()
  expect(await say('keys')).toEqual({
    code: 1,
    told: [expect.stringMatching(/^problem: This database has sold in test mode, and the key is a live key/)],
  })
}, 120_000)

const serverKit = fileURLToPath(new URL('../..', import.meta.url))

/** This package as it may stand in a host: beside an adapter of that version, and for that Node. */
const installBeside = (name: string, { version, node }: { version: string; node: string }): string => {
  const place = join(folder, name)
  for (const part of ['src', 'sql', 'test/cli', 'package.json']) {
    cpSync(join(serverKit, part), join(place, part), { recursive: true })
  }
  const modules = join(serverKit, 'node_modules')
  const packages = readdirSync(modules).flatMap(found =>
    found.startsWith('@') ? readdirSync(join(modules, found)).map(inner => `${found}/${inner}`) : [found],
  )
  for (const each of packages.filter(found => found !== 'pg' && found !== '.bin')) {
    const link = join(place, 'node_modules', each)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(realpathSync(join(modules, each)), link)
  }
  // Its own dependencies are looked for where the real one lies.
  const pg = join(place, 'node_modules/pg')
  const real = realpathSync(join(modules, 'pg'))
  cpSync(real, pg, { recursive: true })
  symlinkSync(dirname(real), join(pg, 'node_modules'))
  change(join(pg, 'package.json'), { version })
  change(join(place, 'package.json'), { engines: { node } })
  return place
}

const change = (path: string, fields: object): void =>
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...fields }))

test.for([
  ['an adapter that is too old', '8.20.0', '>=22.12', /^problem: pg 8\.20\.0 is installed, and this release wants \^8/],
  ['an adapter of a later major', '9.0.0', '>=22.12', /^problem: pg 9\.0\.0 is installed/],
  ['a Node that is too old', '8.99.0', '>=99.0', /^problem: Node .* is too old/],
  ['versions as wanted', '8.99.0', '>=22.12', /^ok: .*pg 8\.99\.0/],
] as const)('%s: doctor tells', async ([name, version, node, says]) => {
  const place = installBeside(name, { version, node })
  const ran = await runVenuekit(
    ['--config', join(place, 'test/cli/venuekit.config.ts'), 'doctor', '--only', 'versions', '--json'],
    { env, config: null, main: join(place, 'src/cli/main.ts') },
  )
  expect(ran.code, ran.all).toBe(name === 'versions as wanted' ? 0 : 1)
  const { diagnoses } = JSON.parse(ran.stdout) as DoctorReport
  expect(diagnoses.map(each => `${each.level}: ${each.says}`)).toEqual([expect.stringMatching(says)])
})
