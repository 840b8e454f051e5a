import type { MigratableDatabase } from '@venuekit/server-kit'
import { defineHost } from '@venuekit/server-kit/node'
import { pgDatabase } from '@venuekit/server-kit/pg'
import { createStripeGateway } from '@venuekit/server-kit/stripe'
import { embeddedUrl } from './src/embeddedPostgres.ts'
import { withForgottenSessions } from './src/forgottenSessions.ts'
import { connectStripe, twinKeys } from './src/gateway.ts'
import { kitSettings } from './src/kitSettings.ts'
import { dataFolder, parseStripe } from './src/options.ts'
import { findRunningDemo, type RunningDemo } from './src/runningDemo.ts'
import { type DemoSecrets, loadSecrets } from './src/secrets.ts'

const { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_PUBLISHABLE_KEY, DATABASE_URL } = process.env

const openDatabase = async ({ database }: RunningDemo, secrets: DemoSecrets): Promise<MigratableDatabase> => {
  if (database === null) return pgDatabase({ connectionString: DATABASE_URL ?? '' })
  if (database.kind === 'embedded') {
    return pgDatabase({ connectionString: embeddedUrl(database.port, secrets.database), role: 'venuekit_app' })
  }
  // Held by the demo itself: this throws, and says so.
  const { pgliteDatabase } = await import('@venuekit/server-kit/pglite')
  return pgliteDatabase({ dataDir: database.folder })
}

const openGateway = async ({ twinUrl }: RunningDemo, secrets: DemoSecrets) => {
  const stripe = parseStripe(STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_PUBLISHABLE_KEY)
  if (twinUrl === null && stripe) return (await connectStripe(stripe)).gateway
  if (twinUrl === null) throw new Error('the demo runs with real Stripe: set STRIPE_SECRET_KEY as it was set there')
  const gateway = await createStripeGateway({ ...twinKeys, webhookSecrets: [secrets.webhooks], apiBase: twinUrl })
  return withForgottenSessions(gateway)
}

/** For `pnpm venuekit`: the host that `pnpm demo` runs, while it runs. */
export default defineHost({
  options: async () => {
    const folder = dataFolder(process.env)
    const demo = findRunningDemo(folder)
    if (!demo) throw new Error('no demo runs here: start one with pnpm demo, in another terminal')
    const secrets = loadSecrets(folder, false)
    return {
      database: await openDatabase(demo, secrets),
      gateway: await openGateway(demo, secrets),
      // It shows them on its own page; here they stay in line.
      messages: { send: () => Promise.reject(new Error('the demo itself delivers its mails')) },
      // Told in the demo's own terminal.
      alerts: [],
      ...kitSettings(secrets),
    }
  },
})
