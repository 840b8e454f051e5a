import { readFile } from 'node:fs/promises'
import type { MigratableDatabase } from '@venuekit/server-kit'
import { defineHost } from '@venuekit/server-kit/node'
import { pgDatabase } from '@venuekit/server-kit/pg'
import { pgliteDatabase } from '@venuekit/server-kit/pglite'
import { stripeGateway } from '@venuekit/server-kit/stripe'

/** What the suites' host is told by its environment. */
const {
  CLI_DATABASE_URL: connectionString,
  CLI_OWNER_URL: ownerConnectionString,
  CLI_PGLITE: dataDir,
  CLI_SNAPSHOT: snapshot,
  CLI_STRIPE: apiBase = 'http://127.0.0.1:9',
  CLI_SECRET_KEY: secretKey = 'sk_test_canary0secret0key',
  CLI_PUBLISHABLE_KEY: publishableKey,
} = process.env

const openDatabase = async (): Promise<MigratableDatabase> => {
  if (connectionString) return pgDatabase({ connectionString, ...(ownerConnectionString && { ownerConnectionString }) })
  if (dataDir) return pgliteDatabase({ dataDir })
  return pgliteDatabase(snapshot ? { loadDataDir: new Blob([await readFile(snapshot)]) } : {})
}

console.log('a host that talks while it is read')

export default defineHost({
  options: async () => ({
    database: await openDatabase(),
    gateway: stripeGateway({
      secretKey,
      ...(publishableKey && { publishableKey }),
      webhookSecrets: ['whsec_canary0webhook0secret'],
      account: 'acct_1TwinOfVenueKit0',
      apiBase,
      maxNetworkRetries: 0,
      timeoutMs: 20_000,
    }),
    secrets: {
      orderTokenKeys: [{ id: 'k1', secret: 'canary-order-secret-0123456789abcdef' }],
      ticketKeys: ['vk_ticket_sec_canary0ticket0key0xxxxxxxxxxxxxxxxxxxxxxxxA'],
      adminKeys: ['vk_sec_canary0000000000000000000000000000000000'],
      jobs: 'canary-jobs-secret-0123456789abcdef',
    },
    timeZone: 'America/Chicago',
    limits: false as const,
  }),
})
