import './suitePool.ts'
import { consoleMessages } from '../../src/adapters/consoleMessages.ts'
import { pgDatabase } from '../../src/adapters/pg.ts'
import { stripeGateway } from '../../src/adapters/stripe.ts'
import { createServerKit } from '../../src/createServerKit.ts'
import { serve } from '../../src/node/serve.ts'
import { testSecrets } from '../../src/testing/testSecrets.ts'

/** What the test that starts this program passes, as JSON in its argument. */
interface ServedKitSettings {
  databaseUrl: string
  twinUrl: string
  secretKey: string
  webhookSecret: string
  account: string
}

const settings = JSON.parse(process.argv[2] ?? '') as ServedKitSettings
const log = { info: () => {}, warn: () => {}, error: () => {} }
const kit = createServerKit({
  database: pgDatabase({ connectionString: settings.databaseUrl }),
  gateway: stripeGateway({
    secretKey: settings.secretKey,
    webhookSecrets: [settings.webhookSecret],
    account: settings.account,
    apiBase: settings.twinUrl,
  }),
  messages: consoleMessages(log),
  log,
  limits: false,
  secrets: testSecrets,
  timeZone: 'UTC',
})
const { port } = await serve({ kit, port: 0, host: '127.0.0.1' })
process.stdout.write(`${port}\n`)
