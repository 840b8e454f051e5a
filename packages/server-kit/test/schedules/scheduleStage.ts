import { memoryMessages } from '../../src/adapters/memoryMessages.ts'
import { LiveHub } from '../../src/live/LiveHub.ts'
import { toStreamLimits } from '../../src/live/streamLimits.ts'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import type { CheckoutEvent } from '../../src/ports/ticketingFunctions.ts'
import { toAlertThresholds } from '../../src/services/alertThresholds.ts'
import { alertTiming } from '../../src/services/alertTiming.ts'
import { createFeedFeatures } from '../../src/services/feedFeatures.ts'
import { toHoardingLimits } from '../../src/services/hoardingLimits.ts'
import type { KitContext } from '../../src/services/kitContext.ts'
import { createOrderTokens } from '../../src/services/orderToken.ts'
import { toPostingLimits } from '../../src/services/postingLimits.ts'
import { createPublishableKeys } from '../../src/services/publishableKeys.ts'
import { createRecentMap } from '../../src/services/recentMap.ts'
import { retention } from '../../src/services/retention.ts'
import { createTicketCodes } from '../../src/services/ticketCode.ts'
import { type TestClock, testClock } from '../../src/testing/testClock.ts'
import { testSecrets } from '../../src/testing/testSecrets.ts'
import { type InvariantWatch, watchInvariants } from './invariantWatch.ts'
import { createPaperGateway, type PaperGateway } from './paperGateway.ts'
import { type Tally, tallyOutcomes } from './tallyOutcomes.ts'

/** News that the gateway has sent and that may come once, twice, late, in any order or never. */
export interface News {
  kind: 'session' | 'failed_payment' | 'refund' | 'dispute'
  id: string
}

interface PlacedOrder {
  orderId: string
  clientKey: string
  items: { tierId: string; quantity: number }[]
  event: CheckoutEvent
}

/** One event with scarce places, and everything that can happen to it. */
export interface ScheduleStage {
  database: MigratableDatabase
  context: KitContext
  gateway: PaperGateway
  clock: TestClock
  watch: InvariantWatch
  /** What the database has answered since the stage was opened. */
  tally: Tally
  venueId: string
  eventId: string
  tierIds: string[]
  poolId: string
  orders: PlacedOrder[]
  news: News[]
  /** Empties the database and opens the event anew. */
  reset(): Promise<void>
  query<Row = Record<string, unknown>>(sql: string): Promise<Row[]>
}

const start = '2030-05-25T10:00:00.000Z'
const silent = { info() {}, warn() {}, error() {} }

const newEvent = (venueId: string, eventId: string, tierIds: string[], poolId: string) => ({
  id: eventId,
  venueId,
  name: 'Late Set',
  startsAt: '2030-06-01T19:00:00.000Z',
  timeZone: 'America/Chicago',
  currency: 'USD',
  delayedPayments: true,
  pools: [{ id: poolId, name: 'Hall', capacity: 5 }],
  tiers: [
    { id: tierIds[0] ?? '', name: 'Floor', priceMinor: 1001, capacity: 4, poolId },
    { id: tierIds[1] ?? '', name: 'Balcony', priceMinor: 700, capacity: 3, poolId },
    { id: tierIds[2] ?? '', name: 'Guests', priceMinor: 0, capacity: 3 },
  ],
})

const withoutFlags = createFeedFeatures({ flags: null, media: {}, log: silent })

const createContext = (database: MigratableDatabase, gateway: PaperGateway): KitContext => ({
  database,
  gateway,
  messages: memoryMessages(),
  media: {},
  alertSinks: [{ name: 'none', send: async () => {} }],
  alertThresholds: toAlertThresholds({}),
  alertTiming: alertTiming.parse({}),
  staleJobs: async () => [],
  signatureFailures: { note: () => {}, flush: async () => {} },
  log: silent,
  auth: null,
  onFulfilled: null,
  orphanPayments: 'review',
  retention: retention.parse({}),
  orderTokens: createOrderTokens([{ id: 'test', secret: testSecrets.jobs }]),
  ticketCodes: createTicketCodes({ ...testSecrets, retiredTicketKeys: [] }),
  publishableKeys: createPublishableKeys(database),
  rates: { take: async () => ({ allowed: true }), giveBack: async () => {} },
  limits: { ...toHoardingLimits(false), ...toPostingLimits(false), ...toStreamLimits(false) },
  challenge: null,
  features: withoutFlags,
  live: new LiveHub({ database, features: withoutFlags, log: silent }),
  feedsOfPosts: createRecentMap({ keepMs: 1000, maximum: 10 }),
  // Work in the background is a step of its own, so that it may come at any moment.
  background: { run: async () => {}, drain: async () => {} },
  worker: 'schedule',
  timeZone: 'America/Chicago',
})

export const openScheduleStage = async (opened: MigratableDatabase): Promise<ScheduleStage> => {
  const tally: Tally = new Map()
  const database = tallyOutcomes(opened, tally)
  const clock = await testClock(database)
  const gateway = createPaperGateway(() => clock.now())
  const watch = await watchInvariants(work => database.withOwner(work))
  const venueId = crypto.randomUUID()
  await database.call('venuekit.create_venue', { venue_id: venueId, name: 'The Venue' })
  const stage: ScheduleStage = {
    database,
    context: createContext(database, gateway),
    gateway,
    clock,
    watch,
    tally,
    venueId,
    eventId: '',
    tierIds: [],
    poolId: '',
    orders: [],
    news: [],
    query: sql => database.withOwner(connection => connection.query(sql)),
    async reset() {
      await watch.clear()
      gateway.clear()
      await clock.set(start)
      stage.orders = []
      stage.news = []
      stage.eventId = crypto.randomUUID()
      stage.tierIds = Array.from({ length: 3 }, () => crypto.randomUUID())
      stage.poolId = crypto.randomUUID()
      const event = newEvent(venueId, stage.eventId, stage.tierIds, stage.poolId)
      const answer = await database.call('ticketing.create_event', { event_id: stage.eventId, event })
      if (answer.outcome !== 'created') throw new Error(`the event was not created: ${answer.outcome}`)
    },
  }
  return stage
}
