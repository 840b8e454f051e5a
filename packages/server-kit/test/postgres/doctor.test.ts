import { afterAll, beforeAll, expect, test } from 'vitest'
import { stripeGateway } from '../../src/adapters/stripe.ts'
import { createServerKit, type ServerKitOptions } from '../../src/createServerKit.ts'
import { checks } from '../../src/doctor/checks.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'
import { testSecrets } from '../../src/testing/testSecrets.ts'
import { openTestShop } from '../../src/testing/testShop.ts'
import { type StripeTwin, startStripeTwin } from '../../src/testing/twin/startStripeTwin.ts'
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
}, 60_000)
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
}, 60_000)

const damages: [name: string, check: string, sql: string, says: RegExp][] = [
  [
    'a function that PUBLIC may run',
    'grants',
    'grant execute on function ticketing.reserve_order to public',
    /problem: PUBLIC may .*ticketing\.reserve_order/,
  ],
  [
    'a function that anon may run',
    'grants',
    'grant execute on function ticketing.get_order to anon',
    /problem: anon may .*EXECUTE on ticketing\.get_order/,
  ],
  [
    'a table that authenticated may read',
    'grants',
    'grant select on ticketing.orders to authenticated',
    /problem: authenticated may .*SELECT on ticketing\.orders/,
  ],
  [
    'one column that anon may read',
    'grants',
    'grant select (buyer_email) on ticketing.orders to anon',
    /problem: anon may .*orders\.buyer_email/,
  ],
  [
    'a schema that anon may enter',
    'grants',
    'grant usage on schema ticketing to anon',
    /problem: anon may .*USAGE on ticketing/,
  ],
  [
    'a table of the application',
    'grants',
    'grant update on ticketing.tier_inventory to venuekit_app',
    /problem: venuekit_app may .*UPDATE on ticketing\.tier_inventory/,
  ],
  [
    'an inner function of the application',
    'grants',
    'grant execute on function ticketing.move_places to venuekit_app',
    /problem: venuekit_app may .*move_places/,
  ],
  [
    'a table of service_role',
    'grants',
    'grant select on ticketing.orders to service_role',
    /problem: service_role may .*SELECT on ticketing\.orders/,
  ],
  [
    'a right that the application lacks',
    'grants',
    'revoke execute on function ticketing.reserve_order from venuekit_app',
    /problem: The application's role may not run ticketing\.reserve_order/,
  ],
  [
    'a search path that is not empty',
    'functions',
    'alter function ticketing.reserve_order set search_path = public',
    /problem: Functions without an empty search_path: ticketing\.reserve_order/,
  ],
  [
    'a search path that is reset',
    'functions',
    'alter function ticketing.reserve_order reset search_path',
    /problem: Functions without an empty search_path/,
  ],
  [
    'a function with the caller’s rights',
    'functions',
    'alter function ticketing.get_order security invoker',
    /problem: Functions that do not run with their owner's rights: ticketing\.get_order/,
  ],
  [
    'a function of somebody else',
    'functions',
    'alter function ticketing.get_order owner to postgres',
    /problem: Functions that belong to somebody else/,
  ],
  [
    'a function without its lock time-out',
    'functions',
    'alter function ticketing.create_event reset lock_timeout',
    /problem: Functions without their lock_timeout: ticketing\.create_event/,
  ],
  [
    'a function that was edited by hand',
    'functions',
    "create or replace function ticketing.get_health() returns jsonb language sql stable security definer set search_path = '' as $$ select '{}'::jsonb $$",
    /problem: Functions read otherwise .*ticketing\.get_health/,
  ],
  [
    'a function that is gone',
    'functions',
    'drop function ticketing.search_orders',
    /problem: Functions are missing: ticketing\.search_orders/,
  ],
  [
    'a wall that is gone',
    'objects',
    'alter table ticketing.tier_inventory drop constraint check_total_not_exceeds_capacity',
    /problem: constraints are missing: check_total_not_exceeds_capacity/,
  ],
  [
    'a wall that old rows were never held to',
    'objects',
    'alter table ticketing.tier_inventory drop constraint check_total_not_exceeds_capacity, add constraint check_total_not_exceeds_capacity check (reserved + issued <= capacity) not valid',
    /problem: constraints do not hold: check_total_not_exceeds_capacity/,
  ],
  [
    'a unique index that is gone',
    'objects',
    'drop index ticketing.one_applied_payment_per_order',
    /problem: indexes are missing: one_applied_payment_per_order/,
  ],
  [
    'an index that broke',
    'objects',
    "update pg_index set indisvalid = false where indexrelid = 'ticketing.one_live_attempt_per_order'::regclass",
    /problem: indexes do not hold: one_live_attempt_per_order/,
  ],
  [
    'a trigger that is off',
    'objects',
    'alter table ticketing.journal disable trigger user',
    /problem: triggers do not hold: /,
  ],
  [
    'a migration of a newer release',
    'schema',
    "insert into venuekit.migrations values (999, '0999_tomorrow', 'x', now())",
    /problem: The database has migration 0999_tomorrow/,
  ],
  [
    'functions of a newer release',
    'schema',
    "update venuekit.release set version = '99.0.0'",
    /problem: .*functions of release 99\.0\.0/,
  ],
  [
    'functions of an older release',
    'schema',
    "update venuekit.functions set checksum = 'old' where name = 'ticketing.get_order'",
    /problem: Functions are of another release: ticketing\.get_order.*migrate/,
  ],
  [
    'a function of another release that is left',
    'schema',
    "insert into venuekit.functions values ('venuekit.of_yesterday', 'x', now())",
    /problem: .*left: venuekit\.of_yesterday/,
  ],
  [
    'a schedule of pg_cron that is off',
    'cron',
    "create schema cron; create table cron.job (jobid int, jobname text, command text, active boolean); create table cron.job_run_details (jobid int, status text, return_message text, start_time timestamptz); insert into cron.job values (1, 'purge', 'select venuekit.purge_rates()', false), (2, 'others', 'select 1', false)",
    /problem: pg_cron schedules are switched off: purge\./,
  ],
  [
    'a schedule of pg_cron that fails',
    'cron',
    "create schema cron; create table cron.job (jobid int, jobname text, command text, active boolean); create table cron.job_run_details (jobid int, status text, return_message text, start_time timestamptz); insert into cron.job values (1, 'purge', 'select venuekit.purge_rates()', true); insert into cron.job_run_details values (1, 'succeeded', '', now() - interval '1 hour'), (1, 'failed', 'no such thing', now())",
    /warning: pg_cron's last run of purge failed: no such thing/,
  ],
  [
    'a job that is stale',
    'jobs',
    "insert into venuekit.job_runs (job, slot, run_id, worker, taken_at, finished_at, failed) values ('process-webhooks', '1', gen_random_uuid(), 'w', now() - interval '1 day', now() - interval '1 day', false)",
    /problem: Jobs are stale: process-webhooks/,
  ],
]

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
  expect(late.diagnoses.map(({ says }) => says)).toEqual([expect.stringMatching(/^The database's clock is 90 s ahead/)])
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
