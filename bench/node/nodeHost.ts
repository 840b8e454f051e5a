import { pgDatabase } from '../../packages/server-kit/src/adapters/pg.ts'
import { stripeGateway } from '../../packages/server-kit/src/adapters/stripe.ts'
import { createServerKit } from '../../packages/server-kit/src/index.ts'
import { directoryAssets, serve } from '../../packages/server-kit/src/node/index.ts'
import { startStripeTwin } from '../../packages/server-kit/src/testing/index.ts'
import { testAuth } from '../../packages/server-kit/src/testing/testAuth.ts'
import { testSecrets } from '../../packages/server-kit/src/testing/testSecrets.ts'

// One node as a host runs it, in a process of its own: `node nodeHost.ts <database address>`.
const [connectionString = ''] = process.argv.slice(2)
const silent = { info() {}, warn() {}, error: console.error }
const twin = await startStripeTwin()
const kit = createServerKit({
  database: pgDatabase({ connectionString }),
  gateway: stripeGateway({
    secretKey: twin.secretKey,
    webhookSecrets: [twin.webhookSecret],
    account: twin.account,
    apiBase: twin.url,
  }),
  auth: testAuth,
  messages: { send: async () => {} },
  log: silent,
  assets: directoryAssets(),
  secrets: testSecrets,
  timeZone: 'UTC',
  limits: false,
})
const server = await serve({ kit, port: 0, host: '127.0.0.1', signals: false })
console.log(server.port)
process.stdin.resume().on('end', async () => {
  await server.close()
  await twin.close()
})
