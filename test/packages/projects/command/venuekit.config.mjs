// As `venuekit init --pglite` writes it, but for a Stripe account that nobody has to be asked for.
import { defineHost } from '@venuekit/server-kit/node'
import { pgliteDatabase } from '@venuekit/server-kit/pglite'
import { stripeGateway } from '@venuekit/server-kit/stripe'

const { env } = process

export default defineHost({
  options: () => ({
    database: pgliteDatabase({ dataDir: './venuekit-data' }),
    gateway: stripeGateway({ secretKey: 'sk_test_packed', webhookSecrets: ['whsec_packed'], account: 'acct_packed' }),
    secrets: {
      orderTokenKeys: [{ id: '1', secret: env.VENUEKIT_ORDER_TOKEN_SECRET }],
      ticketKeys: [env.VENUEKIT_TICKET_KEY],
      adminKeys: [env.VENUEKIT_ADMIN_KEY],
      jobs: env.VENUEKIT_JOBS_SECRET,
    },
    timeZone: 'America/Chicago',
  }),
})
