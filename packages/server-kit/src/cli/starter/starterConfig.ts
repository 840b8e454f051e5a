interface Starter {
  database: 'pg' | 'pglite'
  timeZone: string
}

/** Where the data of a try lie, beside the configuration. */
export const pgliteFolder = 'venuekit-data'

const imports = {
  pg: "import { pgDatabase } from '@venuekit/server-kit/pg'",
  pglite: "import { pgliteDatabase } from '@venuekit/server-kit/pglite'",
}

const databases = {
  pg: `// A login that may migrate; calls run as venuekit_app, which reaches functions alone.
    database: pgDatabase({ connectionString: setting('DATABASE_URL'), role: 'venuekit_app' }),`,
  pglite: `// For a try: one process at a time.
    database: pgliteDatabase({ dataDir: './${pgliteFolder}' }),`,
}

/** A `venuekit.config` that reads its secrets from the environment. */
export const starterConfig = ({
  database,
  timeZone,
}: Starter): string => `import { defineHost, directoryAssets } from '@venuekit/server-kit/node'
${imports[database]}
import { createStripeGateway } from '@venuekit/server-kit/stripe'

const setting = name => {
  const value = process.env[name]
  if (!value) throw new Error(\`\${name} is not set: put it into .env\`)
  return value
}

export default defineHost({
  options: async () => ({
    ${databases[database]}
    gateway: await createStripeGateway({
      secretKey: setting('STRIPE_SECRET_KEY'),
      webhookSecrets: [setting('STRIPE_WEBHOOK_SECRET')],
    }),
    secrets: {
      orderTokenKeys: [{ id: '1', secret: setting('VENUEKIT_ORDER_TOKEN_SECRET') }],
      ticketKeys: [setting('VENUEKIT_TICKET_KEY')],
      adminKeys: [setting('VENUEKIT_ADMIN_KEY')],
      jobs: setting('VENUEKIT_JOBS_SECRET'),
    },
    timeZone: '${timeZone}',
    assets: directoryAssets(),
  }),
  serve: { port: 4000 },
})
`
