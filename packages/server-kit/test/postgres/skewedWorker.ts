/** What the test that starts this program passes, as JSON in its argument. */
interface SkewedWorkerSettings {
  databaseUrl: string
  twinUrl: string
  secretKey: string
  account: string
  skewMs: number
}

const { skewMs, ...settings } = JSON.parse(process.argv[2] ?? '') as SkewedWorkerSettings

// Before anything else is imported: whoever asks this process for the time is told the wrong one.
const RightDate = Date
globalThis.Date = class extends RightDate {
  constructor(...args: [] | [string | number | Date]) {
    if (args.length === 0) super(RightDate.now() + skewMs)
    else super(args[0])
  }
  static override now(): number {
    return RightDate.now() + skewMs
  }
} as DateConstructor

const { pgDatabase } = await import('../../src/adapters/pg.ts')
const { stripeGateway } = await import('../../src/adapters/stripe.ts')
const { createServerKit } = await import('../../src/createServerKit.ts')
const { testSecrets } = await import('../../src/testing/testSecrets.ts')

const tell = (what: string, id: string): void => void process.stdout.write(`${what} ${id}\n`)
const kit = createServerKit({
  database: pgDatabase({ connectionString: settings.databaseUrl, poolSize: 3 }),
  gateway: stripeGateway({
    secretKey: settings.secretKey,
    webhookSecrets: ['whsec_of_nobody'],
    account: settings.account,
    apiBase: settings.twinUrl,
  }),
  messages: { send: async mail => tell('mail', mail.id) },
  onFulfilled: order => tell('fulfilled', order.id),
  alerts: { name: 'lines', send: async () => {} },
  log: { info() {}, warn() {}, error: (message, fields) => tell('error', JSON.stringify({ message, ...fields })) },
  limits: false,
  secrets: testSecrets,
  timeZone: 'America/Chicago',
})
const loop = kit.jobs.start({ tickSeconds: 0.2 })
tell('ready', new Date().toISOString())
process.once('SIGTERM', async () => {
  await loop.stop()
  await kit.close()
  process.exit(0)
})
