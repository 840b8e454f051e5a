import type { Order } from '@venuekit/core/contracts'
import type { LiveHub } from '../live/LiveHub.ts'
import type { StreamLimits } from '../live/streamLimits.ts'
import type { AlertSink } from '../ports/alerts.ts'
import type { Challenge } from '../ports/challenge.ts'
import type { Database } from '../ports/database.ts'
import type { PaymentGateway } from '../ports/gateway.ts'
import type { Log } from '../ports/log.ts'
import type { MediaStores } from '../ports/mediaStore.ts'
import type { Messages } from '../ports/messages.ts'
import type { RateStore } from '../ports/rateStore.ts'
import type { Authenticate } from '../ports/viewer.ts'
import type { AlertThresholds } from './alertThresholds.ts'
import type { AlertTiming } from './alertTiming.ts'
import type { Background } from './background.ts'
import type { FeedFeaturesReader } from './feedFeatures.ts'
import type { HoardingLimits } from './hoardingLimits.ts'
import type { OrderTokens } from './orderToken.ts'
import type { PostingLimits } from './postingLimits.ts'
import type { PublishableKeys } from './publishableKeys.ts'
import type { RecentMap } from './recentMap.ts'
import type { Retention } from './retention.ts'
import type { SignatureFailures } from './signatureFailures.ts'
import type { TicketCodes } from './ticketCode.ts'

/** Told of each fulfilled order after its commit, at least once: make it idempotent by the order's id. */
export type OnFulfilled = (order: Order) => void | Promise<void>

/** A job of which no run has ended well for too long. */
interface StaleJob {
  job: string
  /** ISO; null where none ever has. */
  lastGoodAt: string | null
}

/** What every service works with: the ports, and what the secrets make. */
export interface KitContext {
  readonly database: Database
  readonly gateway: PaymentGateway
  readonly messages: Messages
  /** Where images and videos lie. */
  readonly media: MediaStores
  /** Everywhere that alerts are sent to, each by a name of its own. */
  readonly alertSinks: readonly AlertSink[]
  readonly alertThresholds: AlertThresholds
  readonly alertTiming: AlertTiming
  readonly staleJobs: () => Promise<StaleJob[]>
  readonly signatureFailures: SignatureFailures
  readonly log: Log
  readonly auth: Authenticate | null
  readonly onFulfilled: OnFulfilled | null
  /** What becomes of money whose order does not exist. */
  readonly orphanPayments: 'review' | 'refund'
  readonly retention: Retention
  readonly orderTokens: OrderTokens
  readonly ticketCodes: TicketCodes
  readonly publishableKeys: PublishableKeys
  /** Counts for all nodes: calls, and reads at the gateway. */
  readonly rates: RateStore
  readonly limits: HoardingLimits & PostingLimits & StreamLimits
  readonly challenge: Challenge | null
  readonly features: FeedFeaturesReader
  /** `<venue>/<post>` to the post's feed. */
  readonly feedsOfPosts: RecentMap<string>
  /** This node's live streams. */
  readonly live: LiveHub
  readonly background: Background
  /** Names this process in leases and job runs. */
  readonly worker: string
  /** The host's IANA time zone, for daily jobs. */
  readonly timeZone: string
}
