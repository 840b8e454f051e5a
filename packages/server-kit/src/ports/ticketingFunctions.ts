import type { AdminEvent, AdminOrder, Attribution, NewEvent, Order, VenueEvent } from '@venuekit/core/contracts'

/** One try to have an order paid at the gateway. `params` is the gateway's request body, stored verbatim. */
export interface CheckoutAttempt {
  attemptId: string
  orderId: string
  eventId: string
  status: 'begun' | 'attached' | 'closed'
  ui: 'redirect' | 'embedded'
  /** Complete but for `expiresAt`, which the database set when the attempt began. */
  params: Record<string, unknown>
  /** Unix seconds. */
  expiresAt: number
  /** When the attempt began, ISO; one older than 23 h is never sent again. */
  begunAt: string
  sessionId: string | null
  url: string | null
  clientSecret: string | null
}

/** What a checkout says and needs of the event. */
export interface CheckoutEvent {
  name: string
  delayedPayments: boolean
}

export type PaymentInput = {
  /** Made by the caller; used only where the payment is new. */
  paymentId: string
  amountMinor: number
  currency: string
} & (
  | {
      kind: 'gateway'
      account: string
      mode: 'live' | 'test'
      sessionId: string | null
      paymentIntentId: string | null
      /** The attempt that the session names: ties them where `attach_checkout` never came. */
      attemptId?: string
    }
  | { kind: 'external'; method: string; reference: string | null }
)

/** Which path asked for the completion; comps need `actor`. */
export interface CompletionSource {
  kind: 'webhook' | 'return' | 'sweeper' | 'reconciler' | 'repair' | 'free' | 'door' | 'comp' | 'admin'
  actor?: string
  reference?: string
}

export type CompletionOutcome = 'issued' | 'replayed' | 'issued_late' | 'refund_due' | 'surplus' | 'needs_review'

type NotFound = { outcome: 'not_found' }

export interface TicketingFunctions {
  /** A page of the venue's coming events, soonest first. `cursor` is the previous page's `nextCursor`. */
  'ticketing.list_events': {
    args: { venue_id: string; cursor: string | null; page_size: number }
    result: { outcome: 'found'; items: VenueEvent[]; nextCursor: string | null } | { outcome: 'bad_cursor' }
  }
  'ticketing.get_event': {
    args: { event_id: string; venue_id: string }
    result: { outcome: 'found'; event: VenueEvent } | NotFound
  }
  /** Durable; idempotent by the event's id: the same id with another body answers `conflict`. */
  'ticketing.create_event': {
    args: { event_id: string; event: NewEvent }
    result: { outcome: 'created' | 'exists'; event: AdminEvent } | { outcome: 'conflict' | 'unknown_venue' }
  }
  'ticketing.get_admin_event': {
    args: { event_id: string }
    result: { outcome: 'found'; event: AdminEvent } | NotFound
  }

  /**
   * Holds places: order, lines and counters in one commit (asynchronous: nothing is owed before attach).
   * The same client key with the same hash answers the stored order.
   */
  'ticketing.reserve_order': {
    args: {
      event_id: string
      order_id: string
      venue_id: string
      client_key: string
      request_hash: string
      items: { tierId: string; quantity: number }[]
      buyer: { name: string; email: string }
      return_url: string
      locale: string | null
      expected_total_minor: number | null
      /** Where the hold came from, for the hoarding limits and the host's counting; null for the host's own. */
      origin: { ip?: string; keyId?: string; attribution?: Attribution } | null
      /** Unpaid orders of the event that one address may hold; any number where it is left out. */
      max_holds?: number | null
    }
    result:
      | { outcome: 'reserved'; replayed: boolean; order: Order; tokenVersion: number; event: CheckoutEvent }
      | { outcome: 'sold_out'; tierIds: string[] }
      | { outcome: 'price_changed'; totalMinor: number }
      | { outcome: 'sales_closed'; tierIds: string[] }
      | { outcome: 'limit_exceeded'; maximum: number }
      | { outcome: 'too_many_holds'; maximum: number }
      | { outcome: 'unknown_tier'; tierIds: string[] }
      | { outcome: 'idempotency_conflict' }
      | NotFound
  }
  'ticketing.get_order': {
    args: { event_id: string; order_id: string }
    result:
      | {
          outcome: 'found'
          order: Order
          venueId: string
          tokenVersion: number
          /** Null for an order of the house whose venue has no page. */
          returnUrl: string | null
          locale: string | null
          event: CheckoutEvent
          /** The newest attempt, live or not. */
          attempt: CheckoutAttempt | null
          /** Why the order ended before it was paid, or needs review. */
          reason: string | null
        }
      | NotFound
  }
  /**
   * Durable. Answers the live attempt where there is one, else opens one that ends 31 minutes from now.
   * `free` where the total is 0. Fails softly where the order is no longer a plain hold.
   */
  'ticketing.begin_checkout': {
    args: {
      event_id: string
      order_id: string
      attempt_id: string
      account: string
      mode: 'live' | 'test'
      ui: 'redirect' | 'embedded'
      params: Record<string, unknown>
    }
    result:
      | { outcome: 'begun'; attempt: CheckoutAttempt }
      | { outcome: 'free' }
      | { outcome: 'not_payable'; status: Order['status'] }
      | { outcome: 'expired' }
      | NotFound
  }
  /** Durable. `refused` means that the order went on without this session: the caller must expire it. */
  'ticketing.attach_checkout': {
    args: {
      event_id: string
      order_id: string
      attempt_id: string
      account: string
      session_id: string
      url: string | null
      client_secret: string | null
      /** Unix seconds. */
      session_expires_at: number
    }
    result:
      | { outcome: 'attached'; attempt: CheckoutAttempt; order: Order }
      | { outcome: 'refused'; status: Order['status'] }
      | NotFound
  }
  /** Durable. Ends an attempt that never got a session (`too_soon`, `rejected`), so that another can begin. */
  'ticketing.close_attempt': {
    args: { event_id: string; order_id: string; attempt_id: string; reason: string }
    result: { outcome: 'closed' | 'already_closed' } | NotFound
  }
  /** The only way to a ticket. Durable. */
  'ticketing.complete_order_atomic': {
    args: { event_id: string; order_id: string; payment: PaymentInput | null; source: CompletionSource }
    result:
      | { outcome: CompletionOutcome; order: Order; reason: string | null }
      | { outcome: 'payment_required'; order: Order }
      /** A free order whose places were given back: nothing is owed, reserve anew. */
      | { outcome: 'released'; order: Order }
      | NotFound
  }
  /** Durable. The order becomes `expiring`, or `cancelled` at once where no attempt ever began. */
  'ticketing.cancel_order': {
    args: { event_id: string; order_id: string; reason: string }
    result:
      | { outcome: 'cancelled' | 'expiring'; order: Order; attempts: CheckoutAttempt[] }
      | { outcome: 'not_cancellable'; order: Order }
      | NotFound
  }
  /** Events that have holds past their end, or orders that wait at the fence. */
  'ticketing.events_to_expire': { args: { max_events: number }; result: { eventIds: string[] } }
  /**
   * First part of the fence, one event: due holds without an attempt are released in one batch, the others
   * become `expiring`. Answers the attempts that the gateway must be asked about, oldest first, behind the one given.
   */
  'ticketing.begin_expiry': {
    args: { event_id: string; max_orders: number; after_order?: string | null; after_attempt?: string | null }
    result: { due: number; released: number; attempts: CheckoutAttempt[] }
  }
  /**
   * Last part of the fence: what the gateway said of the session. `expired` closes the attempt and, once no
   * attempt of an expiring order is open, releases its places; a delayed payment makes it `payment_pending`, and
   * `payment_failed` is how that one ends: the attempt closes and the order's places are released.
   * Paid sessions go to `complete_order_atomic` instead.
   */
  'ticketing.settle_attempt': {
    args: {
      event_id: string
      order_id: string
      attempt_id: string
      session_status: 'expired' | 'complete_unpaid' | 'payment_failed' | 'never_created'
    }
    result: { outcome: 'released' | 'closed' | 'payment_pending' | 'unchanged'; order: Order } | NotFound
  }
  /** Answers true to one caller per fulfilled order, for ever false afterwards. */
  'ticketing.claim_purchase': { args: { event_id: string; order_id: string }; result: { claimed: boolean } }
  /** Puts a `tickets` message for each fulfilled order of that address into the outbox; throttled. */
  'ticketing.request_resend': {
    args: { event_id: string; venue_id: string; email: string }
    result: { queued: number }
  }
  'ticketing.get_admin_order': {
    args: { event_id: string; order_id: string }
    result: { outcome: 'found'; order: AdminOrder } | NotFound
  }
}
