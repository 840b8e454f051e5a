import { afterAll, beforeAll, expect, test } from 'vitest'
import { stripeGateway } from '../../src/adapters/stripe.ts'
import { createServerKit, type ServerKitOptions } from '../../src/createServerKit.ts'
import { checks } from '../../src/doctor/checks.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'
import { testSecrets } from '../../src/testing/testSecrets.ts'
import { openTestShop } from '../../src/testing/testShop.ts'
import { type StripeTwin, startStripeTwin } from '../../src/testing/twin/startStripeTwin.ts'
import { damages } from './doctorDamages.ts'
import { startTransactionPooler } from './transactionPooler.ts'

let postgres: TestPostgres
let twin: StripeTwin
let healthy: TestDatabase

const gatewayOf = (secretKey = twin.secretKey) =>
  stripeGateway({
    secretKey,
    webhookSecrets: [twin.webhookSecret],
    account: twin.account,
    apiBase: twin.url,
    maxNetworkRetries: 0,
  })

beforeAll(async () => {
  postgres = await startTestPostgres({
    fsync: true,
    flags: ['statement_timeout=60s', 'idle_in_transaction_session_timeout=60s'],
  })
  twin = await startStripeTwin({ webhookUrl: 'https://api.venue.example/webhooks/stripe' })
  await postgres.run('create role anon; create role authenticated; create role service_role')
  healthy = await postgres.createDatabase()
}, 120_000)
afterAll(async () => {
  await twin.close()
  await postgres.stop()
})

const kitOn = (options: Partial<ServerKitOptions>) =>
  createServerKit({
    database: healthy.open(),
    gateway: gatewayOf(),
    secrets: testSecrets,
    timeZone: 'America/Chicago',
    log: { info: () => {}, warn: () => {}, error: () => {} },
    ...options,
  })

/** What the check says of a database, level and words. */
const say = async (only: string, options: Partial<ServerKitOptions> = {}): Promise<string[]> => {
  const kit = kitOn(options)
  try {
    const { diagnoses } = await kit.diagnose({ only: [only] })
    return diagnoses.map(({ level, says, mend }) => `${level}: ${says} ${mend ?? ''}`)
  } finally {
    await kit.close()
  }
}

const damaged = async (sql: string): Promise<TestDatabase> => {
  const database = await postgres.createDatabase()
  await postgres.run(sql, database.name)
  return database
}

test('a healthy host is well in every check', async () => {
  const kit = kitOn({})
  const { diagnoses, level } = await kit.diagnose()
  expect(diagnoses.filter(each => each.level !== 'ok')).toEqual([])
  expect(level).toBe('ok')
  expect(new Set(diagnoses.map(({ check }) => check))).toEqual(new Set(checks.map(({ name }) => name)))
  await kit.close()
}, 120_000)

test.for(damages)('%s is caught', async ([, check, sql, says]) => {
  const database = await damaged(sql)
  expect((await say(check, { database: database.open() })).join('\n')).toMatch(says)
})

test('an owner that is a superuser, or can log in, is caught', async () => {
  await postgres.run('alter role venuekit_owner superuser login')
  try {
    expect(await say('server')).toEqual([
      expect.stringMatching(/^warning: venuekit_owner is a superuser/),
      expect.stringMatching(/^warning: venuekit_owner can log in/),
    ])
  } finally {
    await postgres.run('alter role venuekit_owner nosuperuser nologin')
  }
})

test('calls that run as a superuser, as the owner, or by a role that reaches tables are caught', async () => {
  const login = (url: string) => healthy.open({ connectionString: url })
  expect(await say('login', { database: login(healthy.adminUrl) })).toEqual([
    expect.stringMatching(/^problem: .*superuser/),
  ])
  await postgres.run('create role kin login in role venuekit_owner; create role reader login in role venuekit_app')
  await postgres.run('grant select on ticketing.orders to reader', healthy.name)
  const asRole = (role: string) => login(healthy.adminUrl.replace('postgres@', `${role}@`))
  try {
    expect(await say('login', { database: asRole('kin') })).toEqual([
      expect.stringMatching(/^problem: .*act as the owner/),
    ])
    expect(await say('login', { database: asRole('reader') })).toEqual([
      expect.stringMatching(/^problem: .*reaches tables: ticketing\.orders/),
    ])
  } finally {
    await postgres.run('revoke select on ticketing.orders from reader', healthy.name)
  }
})

test('time-outs that are missing or too short are caught', async () => {
  const set = (sql: string) => postgres.run(`alter role venuekit_test_login ${sql}`)
  try {
    await set('set statement_timeout = 0')
    await set('set idle_in_transaction_session_timeout = 0')
    expect(await say('timeouts')).toEqual([
      expect.stringMatching(/^warning: There is no statement_timeout/),
      expect.stringMatching(/^warning: There is no idle_in_transaction_session_timeout/),
    ])
    await set("set statement_timeout = '2s'")
    await set("set lock_timeout = '10ms'")
    expect((await say('timeouts')).join('\n')).toMatch(
      /problem: statement_timeout is 2000 ms[\s\S]*warning: lock_timeout is 10 ms/,
    )
  } finally {
    await set('reset all')
  }
})

test('fsync that is off is caught', async () => {
  await postgres.run('alter system set full_page_writes = off; ').catch(() => {})
  await postgres.run('select pg_reload_conf()')
  const kit = kitOn({})
  await expect
    .poll(async () => (await kit.diagnose({ only: ['server'] })).diagnoses[0]?.says)
    .toMatch(/full_page_writes is off/)
  await kit.close()
  await postgres.run('alter system reset full_page_writes')
  await postgres.run('select pg_reload_conf()')
})

test('a pooler in transaction mode is told, and migrations through it are caught', async () => {
  const pooler = await startTransactionPooler(Number(new URL(healthy.appUrl).port))
  const through = (url: string) => url.replace(/:\d+\//, `:${pooler.port}/`)
  try {
    expect(await say('pooler')).toEqual([expect.stringMatching(/^ok: Connections keep their session/)])
    expect(await say('pooler', { database: healthy.open({ connectionString: through(healthy.appUrl) }) })).toEqual([
      expect.stringMatching(/^ok: A pooler in transaction mode/),
    ])
    const both = { connectionString: through(healthy.appUrl), ownerConnectionString: through(healthy.adminUrl) }
    expect(await say('pooler', { database: healthy.open(both) })).toEqual([
      expect.stringMatching(/^problem: Migrations go through a pooler/),
    ])
  } finally {
    await pooler.close()
  }
})

test('a pooler in statement mode is caught', async () => {
  const pooler = await startTransactionPooler(Number(new URL(healthy.appUrl).port), { mode: 'statement' })
  try {
    const database = healthy.open({ connectionString: healthy.appUrl.replace(/:\d+\//, `:${pooler.port}/`) })
    expect(await say('pooler', { database })).toEqual([expect.stringMatching(/^problem: A pooler in statement mode/)])
  } finally {
    await pooler.close()
  }
})

test('clocks that disagree are caught: the gateway’s, and this machine’s', async () => {
  expect(await say('clocks')).toEqual([expect.stringMatching(/^ok: /)])
  const ahead = await startStripeTwin({})
  await ahead.control.advance(10_000)
  const gateway = stripeGateway({
    secretKey: ahead.secretKey,
    webhookSecrets: ['whsec_x'],
    account: ahead.account,
    apiBase: ahead.url,
  })
  expect(await say('clocks', { gateway })).toEqual([
    expect.stringMatching(/^warning: The gateway's clock is \d+ s ahead/),
  ])
  await ahead.control.advance(120_000)
  expect(await say('clocks', { gateway })).toEqual([
    expect.stringMatching(/^problem: The gateway's clock is 1\d\d s ahead/),
  ])
  await ahead.close()
  const kit = kitOn({})
  const late = await kit.diagnose({ only: ['clocks'], now: () => Date.now() - 90_000 })
  expect(late.diagnoses.map(({ says }) => says)).toEqual([
    expect.stringMatching(/^The database's clock is (8[5-9]|9\d) s ahead/),
  ])
  await kit.close()
})

const url = 'https://api.venue.example/webhooks/stripe'
const endpoints: [name: string, settings: Parameters<StripeTwin['control']['setEndpoints']>[0], says: RegExp][] = [
  ['no endpoint', [], /^warning: The gateway has no webhook endpoint/],
  [
    'an endpoint elsewhere',
    [{ url: 'https://api.venue.example/hooks' }],
    /^warning: The gateway has no webhook endpoint/,
  ],
  ['a disabled endpoint', [{ url, enabled: false }], /^problem: The webhook endpoint is disabled/],
  ['an endpoint of the other mode', [{ url, live: true }], /^problem: .*another mode than the test key/],
  [
    'an endpoint without the events of sales',
    [{ url, events: ['charge.refunded'] }],
    /^problem: .*not sent checkout\.session\.completed/,
  ],
  [
    'an endpoint without the events of refunds',
    [
      {
        url,
        events: [
          'checkout.session.completed',
          'checkout.session.async_payment_succeeded',
          'checkout.session.async_payment_failed',
          'checkout.session.expired',
        ],
      },
    ],
    /^warning: .*not sent refund\.created/,
  ],
  [
    'an endpoint of another version',
    [{ url, apiVersion: '2019-01-01' }],
    /^warning: Events are written in version 2019-01-01/,
  ],
]

test.for(endpoints)('%s is caught', async ([, settings, says]) => {
  twin.control.setEndpoints(settings)
  try {
    expect(await say('webhooks')).toEqual([expect.stringMatching(says)])
  } finally {
    twin.control.setEndpoints(null)
  }
})

test('a gateway that does not answer is told as such', async () => {
  twin.control.addFault({ kind: 'error', status: 500, path: '/v1/webhook_endpoints' })
  expect(await say('webhooks')).toEqual([expect.stringMatching(/^problem: This could not be looked at: Stripe/)])
})

test('what was sold in another mode or by another account is caught, and money that came without a webhook', async () => {
  const database = await postgres.createDatabase()
  const port = database.open()
  const shop = await openTestShop(port)
  const orderId = await shop.hold()
  const { sessionId } = await shop.checkout(orderId)
  expect(await say('keys', { database: database.open() })).toEqual([
    expect.stringMatching(/^problem: This database has sold by the account acct_test/),
  ])
  await postgres.run("update ticketing.attempts set mode = 'live'", database.name)
  expect(await say('keys', { database: database.open() })).toEqual([
    expect.stringMatching(/^problem: This database has sold in live mode, and the key is a test key/),
  ])
  expect(await say('arrivals', { database: database.open() })).toEqual([expect.stringMatching(/^ok: Nothing was paid/)])
  await postgres.run("update ticketing.attempts set mode = 'test'", database.name)
  expect(await shop.complete(orderId, shop.payment(sessionId))).toMatchObject({ outcome: 'issued' })
  expect(await say('arrivals', { database: database.open() })).toEqual([
    expect.stringMatching(/^problem: The last payment is of .* no webhook ever came/),
  ])
  await port.close()
})

test('a login that may not look leaves its checks out and says so', async () => {
  const database = healthy.open({ ownerConnectionString: healthy.appUrl })
  expect(await say('schema', { database })).toEqual([expect.stringMatching(/^skipped: this login may not look: /)])
})
