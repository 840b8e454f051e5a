import type { Order, VenueEvent } from '@venuekit/core/contracts'
import type { BuyerDraft } from '../buyer.ts'
import type { Cart } from '../cart.ts'
import type { Failure } from './failure.ts'

/** Why the buyer is asked to look at the order once more. */
export type Notice = ({ kind: TierNotice; tierIds: readonly string[] } | { kind: PlainNotice }) & {
  /** It came by itself: a screen reader says it, and the focus stays where the buyer types. */
  quiet?: boolean
}
type TierNotice = 'soldOut' | 'fewer'
export type PlainNotice = 'race' | 'price' | 'closed' | 'limit' | 'released' | 'lost' | 'refused'

/** Places held for the buyer and not paid yet. */
export interface Hold {
  token: string
  order: Order
  /** By this device's clock, so that a wrong clock counts down rightly; null where the hold has no end. */
  endsAtMs: number | null
  secondsLeft: number | null
}

/** What survives every step. */
interface Base {
  event: VenueEvent | null
  cart: Cart
  buyer: BuyerDraft
}

interface WithEvent extends Base {
  event: VenueEvent
}

/** A state that works: another `attempt` makes the runner begin the work again. */
interface Working {
  attempt: number
}

export interface Loading extends Base, Working {
  at: 'loading'
  notice: Notice | null
}
export interface Unavailable extends Base {
  at: 'unavailable'
  failure: Failure
}
export interface Choosing extends WithEvent {
  at: 'choosing'
  notice: Notice | null
  /** True once the buyer tried to go on: from then on mistakes show at once. */
  checked: boolean
  /** What the server said of a field, until the buyer changes it. */
  refused: readonly (keyof BuyerDraft)[]
  /** Counts the tries to go on, so that focus moves to the mistakes each time. */
  tries: number
}
/** The server saw it differently; the event is read again before the buyer is asked. */
export interface Refreshing extends WithEvent {
  at: 'refreshing'
  reason: 'sold_out' | 'price_changed' | 'sales_closed'
}
export interface Reserving extends WithEvent, Working {
  at: 'reserving'
  /** The idempotency key: one per decision of the buyer, the same for every repetition. */
  key: string
}
/** The order may or may not have arrived; the same key makes trying again harmless. */
export interface Failed extends WithEvent, Working {
  at: 'failed'
  key: string
  failure: Failure
}
export interface Paying extends Base {
  at: 'paying'
  hold: Hold
  /** How the buyer came to the hold; null where it was made a moment ago. */
  cause: HoldCause | null
  url: string
}
/** The gateway's own form is on this page. */
export interface PayingHere extends Base {
  at: 'payingHere'
  hold: Hold
  /** How the buyer came to the hold; null where it was made a moment ago. */
  cause: HoldCause | null
  clientSecret: string
  /** The gateway's, `pk_…`. */
  publishableKey: string
}
export interface Finding extends Base, Working {
  at: 'finding'
  token: string
  cause: HoldCause
  failure: Failure | null
}
export type HoldCause = 'cancelled' | 'stored' | 'elsewhere'
export interface Held extends Base {
  at: 'held'
  hold: Hold
  cause: HoldCause
  failure: Failure | null
  /** What came of asking for more time. */
  extension?: { result: 'given'; minutes: number } | { result: 'refused' | 'failed' } | null | undefined
}
/** More time is asked for. */
export interface Extending extends Base {
  at: 'extending'
  hold: Hold
  cause: HoldCause
  extensionKey: string
}
export interface Resuming extends Base {
  at: 'resuming'
  hold: Hold
  cause: HoldCause
  /** True where this page could not show the payment: it must be the gateway's page now. */
  leaving: boolean
}
export interface Releasing extends Base {
  at: 'releasing'
  hold: Hold
  cause: HoldCause
}
export interface Confirming extends Base, Working {
  at: 'confirming'
  token: string
  order: Order | null
  failure: Failure | null
}
/** Confirming took too long for a spinner; asking goes on, slower. */
export interface Pending extends Base, Working {
  at: 'pending'
  token: string
  order: Order | null
}
export interface Done extends Base, Working {
  at: 'done'
  token: string
  order: Order
  /** The tickets once more by mail. */
  mail: 'idle' | 'sending' | MailResult
}
type MailResult = 'sent' | 'busy' | 'failed'
/** Somebody who bought already wants the tickets once more. */
export interface Resending extends WithEvent, Working {
  at: 'resending'
  step: 'asking' | 'sending' | 'sent'
  checked: boolean
  failure: Failure | null
}
export interface Ended extends Base {
  at: 'ended'
  order: Order
  reason: EndReason
}
export type EndReason = 'expired' | 'cancelled' | 'refundDue' | 'refunded' | 'review'

export type FlowState =
  | Loading
  | Unavailable
  | Choosing
  | Refreshing
  | Reserving
  | Failed
  | Paying
  | PayingHere
  | Finding
  | Held
  | Extending
  | Resuming
  | Releasing
  | Confirming
  | Pending
  | Done
  | Resending
  | Ended

export type StateAt<At extends FlowState['at']> = Extract<FlowState, { at: At }>
