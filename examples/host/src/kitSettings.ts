import { jwtAuth, type ServerKitOptions } from '@venuekit/server-kit'
import { venue } from './programme.ts'
import type { DemoSecrets } from './secrets.ts'

/** What the demo's kit is set to, in the demo and in `venuekit.config.ts` beside it. */
export const kitSettings = (
  secrets: DemoSecrets,
): Pick<ServerKitOptions, 'auth' | 'secrets' | 'timeZone' | 'limits'> => ({
  auth: jwtAuth({ secret: secrets.members }),
  secrets: {
    orderTokenKeys: [{ id: '1', secret: secrets.orders }],
    ticketKeys: [secrets.ticketKey],
    adminKeys: [secrets.admin],
    jobs: secrets.jobs,
  },
  timeZone: venue.timeZone,
  // Whoever tries the demo orders again and again under one name.
  limits: { createOrder: { email: null }, resendTickets: { email: null }, maxHoldsPerBuyer: null },
})
