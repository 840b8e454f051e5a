import { webhookAlerts } from '@venuekit/server-kit'
import { defineHost } from '@venuekit/server-kit/node'
import { pgDatabase } from '@venuekit/server-kit/pg'
import { stripeGateway } from '@venuekit/server-kit/stripe'
import { testSecrets } from '../../src/testing/testSecrets.ts'

const { RUNBOOK_DATABASE = '', RUNBOOK_SINK = '', RUNBOOK_SECRET = '' } = process.env

/** The host whose database the runbook mends: its configuration, as `venuekit` reads it. */
export default defineHost({
  options: {
    database: pgDatabase({ connectionString: RUNBOOK_DATABASE }),
    gateway: stripeGateway({
      secretKey: 'sk_test_runbookQ0canary',
      webhookSecrets: ['whsec_runbookQ0canary'],
      account: 'acct_incident',
      apiBase: 'http://127.0.0.1:9',
      maxNetworkRetries: 0,
    }),
    alerts: webhookAlerts({ url: RUNBOOK_SINK, secrets: [RUNBOOK_SECRET] }),
    secrets: testSecrets,
    timeZone: 'America/Chicago',
  },
})
