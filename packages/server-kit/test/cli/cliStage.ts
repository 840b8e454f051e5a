import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop, type TestShop } from '../../src/testing/testShop.ts'
import { type StripeTwin, startStripeTwin } from '../../src/testing/twin/startStripeTwin.ts'
import { type Ran, type RunOptions, runVenuekit } from './runVenuekit.ts'

/** The buyer's address, and the key that the host's configuration has: no output may show either. */
export const email = 'canary.buyer@private.example'
const secretKey = 'sk_test_canary0secret0key'

export interface CliStage {
  postgres: TestPostgres
  twin: StripeTwin
  target: TestDatabase
  database: MigratableDatabase
  shop: TestShop
  /** Paid, and has its ticket. */
  orderId: string
  /** Of the suite's own, for its files. */
  folder: string
  /** What tells `venuekit.config.ts` of all that. */
  env: Record<string, string>
  /** Runs `venuekit` on it. */
  run(args: readonly string[], options?: RunOptions): Promise<Ran>
  close(): Promise<void>
}

/** A host for the command line: Postgres, the twin, one sale and two events in the inbox, `evt_dead` given up. */
export const startCliStage = async (): Promise<CliStage> => {
  const folder = await mkdtemp(join(tmpdir(), 'venuekit-cli-'))
  const postgres = await startTestPostgres()
  const twin = await startStripeTwin({
    secretKey,
    account: 'acct_1TwinOfVenueKit0',
    webhookUrl: 'http://127.0.0.1:9/webhooks/stripe',
  })
  const target = await postgres.createDatabase()
  const database = target.open()
  const shop = await openTestShop(database)
  const orderId = await shop.hold({ buyer: { name: 'Canary', email } })
  const { sessionId } = await shop.checkout(orderId)
  await shop.complete(orderId, shop.payment(sessionId))
  for (const id of ['evt_dead', 'evt_other']) {
    await database.call('venuekit.store_webhook', {
      account: twin.account,
      gateway_event_id: id,
      type: 'checkout.session.completed',
      mode: 'test',
      payload: { buyer: email },
    })
  }
  await postgres.run(
    `update venuekit.webhooks set status = 'dead', last_error = 'mail to ${email} failed with ${secretKey} \u001b[31m' where gateway_event_id = 'evt_dead'`,
    target.name,
  )
  const env = { CLI_DATABASE_URL: target.appUrl, CLI_OWNER_URL: target.adminUrl, CLI_STRIPE: twin.url }
  return {
    postgres,
    twin,
    target,
    database,
    shop,
    orderId,
    folder,
    env,
    run: (args, options = {}) => runVenuekit(args, { ...options, env: { ...env, ...options.env } }),
    async close() {
      await database.close()
      await twin.close()
      await postgres.stop()
      await rm(folder, { recursive: true })
    },
  }
}
