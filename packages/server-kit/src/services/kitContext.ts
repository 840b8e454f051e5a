import type { Order } from '@venuekit/core/contracts'
import type { Alerts } from '../ports/alerts.ts'
import type { Database } from '../ports/database.ts'
import type { PaymentGateway } from '../ports/gateway.ts'
import type { Log } from '../ports/log.ts'
import type { Messages } from '../ports/messages.ts'
import type { Authenticate } from '../ports/viewer.ts'
import type { Background } from './background.ts'
import type { OrderTokens } from './orderToken.ts'
import type { PublishableKeys } from './publishableKeys.ts'
import type { RecentMap } from './recentMap.ts'
import type { TicketCodes } from './ticketCode.ts'

/** Told of each fulfilled order after its commit, at least once: make it idempotent by the order's id. */
export type OnFulfilled = (order: Order) => void | Promise<void>

/** What every service works with: the ports, and what the secrets make. */
export interface KitContext {
  readonly database: Database
  readonly gateway: PaymentGateway
  readonly messages: Messages
  readonly alerts: Alerts
  readonly log: Log
  readonly auth: Authenticate | null
  readonly onFulfilled: OnFulfilled | null
  readonly orderTokens: OrderTokens
  readonly ticketCodes: TicketCodes
  readonly publishableKeys: PublishableKeys
  /** Orders whose session was read at the gateway in the last two seconds. */
  readonly gatewayReads: RecentMap<true>
  readonly background: Background
  /** Names this process in leases and job runs. */
  readonly worker: string
  /** The host's IANA time zone, for daily jobs. */
  readonly timeZone: string
}
