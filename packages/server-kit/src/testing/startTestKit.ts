import { type AdminEvent, adminEventResponse, type NewEvent, type NewTier } from '@venuekit/core/contracts'
import { type MemoryMessages, memoryMessages } from '../adapters/memoryMessages.ts'
import { stripeGateway } from '../adapters/stripe.ts'
import { createServerKit, type ServerKit, type ServerKitOptions } from '../createServerKit.ts'
import type { AlertMessage } from '../ports/alerts.ts'
import type { MigratableDatabase } from '../ports/database.ts'
import type { PaymentGateway } from '../ports/gateway.ts'
import { createPgliteDatabase } from './createPgliteDatabase.ts'
import { createHttpCaller, type HttpCaller } from './httpCaller.ts'
import { testAuth } from './testAuth.ts'
import { testClock } from './testClock.ts'
import { testSecrets } from './testSecrets.ts'
import { type StripeTwin, type StripeTwinOptions, startStripeTwin } from './twin/startStripeTwin.ts'

/** A venue with one key and one page. */
export interface TestVenue {
  venueId: string
  key: string
  origin: string
}

interface LogEntry {
  level: 'info' | 'warn' | 'error'
  message: string
  fields: Record<string, unknown>
}

/** A whole kit in one process: PGlite below, the Stripe twin beside, mails in memory. */
export interface TestKit {
  kit: ServerKit
  twin: StripeTwin
  database: MigratableDatabase
  /** The kit's own, on the twin. */
  gateway: PaymentGateway
  messages: MemoryMessages
  /** What was raised, grew or lasts, as a sink was told. */
  alerts: AlertMessage[]
  /** What was told to be over. */
  resolvedAlerts: AlertMessage[]
  logged: LogEntry[]
  venue: TestVenue
  /** Calls the API from the venue's page, with its key, unless told otherwise. */
  call: HttpCaller
  createEvent(event?: Partial<NewEvent> & { tiers?: NewTier[] }): Promise<AdminEvent>
  close(): Promise<void>
}

export const newTier = (change: Partial<NewTier> = {}): NewTier => ({
  id: crypto.randomUUID(),
  name: 'General admission',
  priceMinor: 2500,
  capacity: 100,
  ...change,
})

export const newEvent = (venueId: string, change: Partial<NewEvent> = {}): NewEvent => ({
  id: crypto.randomUUID(),
  venueId,
  name: 'Late Set',
  startsAt: '2030-06-01T19:00:00.000Z',
  timeZone: 'America/Chicago',
  currency: 'USD',
  tiers: [newTier()],
  ...change,
})

export const createVenue = async (
  database: MigratableDatabase,
  origin = 'https://venue.example',
): Promise<TestVenue> => {
  const venueId = crypto.randomUUID()
  const key = `vk_pub_${venueId.slice(0, 8)}`
  await database.call('venuekit.create_venue', { venue_id: venueId, name: 'The Venue' })
  await database.call('venuekit.set_key', { publishable_key: key, venue_id: venueId, allowed_origins: [origin] })
  return { venueId, key, origin }
}

const rememberLog = (logged: LogEntry[]) => {
  const remember =
    (level: LogEntry['level']) =>
    (message: string, fields: Record<string, unknown> = {}) =>
      void logged.push({ level, message, fields })
  return { info: remember('info'), warn: remember('warn'), error: remember('error') }
}

/** Starts it all, with a venue to sell at. `change` replaces ports and settings. */
export const startTestKit = async (
  change: Partial<ServerKitOptions> = {},
  twinChange: Partial<StripeTwinOptions> = {},
  openDatabase: () => Promise<MigratableDatabase> = createPgliteDatabase,
): Promise<TestKit> => {
  const database = await openDatabase()
  const clock = await testClock(database)
  const webhookFetch = (request: Request): Promise<Response> => kit.fetch(request)
  const twin = await startStripeTwin({
    clock,
    webhookUrl: 'http://kit.test/webhooks/stripe',
    webhookFetch,
    ...twinChange,
  })
  const gateway = stripeGateway({
    secretKey: twin.secretKey,
    webhookSecrets: [twin.webhookSecret],
    account: twin.account,
    publishableKey: twin.publishableKey,
    apiBase: twin.url,
    maxNetworkRetries: 0,
    // Only a twin that is told to hang is waited for; this process, which is the twin's as well, may be busy for seconds.
    timeoutMs: 20_000,
    clock: () => clock.now(),
  })
  const messages = memoryMessages()
  const alerts: AlertMessage[] = []
  const resolvedAlerts: AlertMessage[] = []
  const logged: LogEntry[] = []
  const kit: ServerKit = createServerKit({
    database,
    gateway,
    messages,
    auth: testAuth,
    alerts: {
      name: 'test',
      send: async message => void (message.news === 'resolved' ? resolvedAlerts : alerts).push(message),
    },
    log: rememberLog(logged),
    secrets: testSecrets,
    timeZone: 'America/Chicago',
    // Tests run the jobs that they are about.
    alertRules: { stale_jobs: false },
    // And look at each message, however many they bring about in no time.
    alertTiming: { burstMessages: 100 },
    // Tests order from one address and for one buyer.
    limits: false,
    ...change,
  })
  const venue = await createVenue(database)
  const call = createHttpCaller(kit, venue)
  return {
    kit,
    twin,
    database,
    gateway,
    messages,
    alerts,
    resolvedAlerts,
    logged,
    venue,
    call,
    async createEvent(event = {}) {
      const answer = await call('POST', '/v1/admin/events', {
        key: null,
        origin: null,
        bearer: testSecrets.adminKeys[0],
        body: newEvent(venue.venueId, event),
      })
      return answer.read(adminEventResponse).event
    },
    async close() {
      await twin.close()
      await kit.close()
    },
  }
}
