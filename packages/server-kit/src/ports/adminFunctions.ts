import type { AdminEvent, AdminOrder, NewTier, OrderStatus } from '@venuekit/core/contracts'
import type { CompletionSource, PaymentInput } from './ticketingFunctions.ts'

type NotFound = { outcome: 'not_found' }
type Changed = { outcome: 'found'; event: AdminEvent }

/** What an update names is set; what it leaves out stays. */
type Change = Record<string, unknown>

/** The payment gateway would not charge it. */
export interface PriceOffStep {
  outcome: 'price_off_step'
  currency: string
}

interface CapacityFloor {
  outcome: 'below_floor'
  reserved: number
  issued: number
}

/** What the host does to events, capacity and orders of the house. */
export interface AdminFunctions {
  /** All of the venue's, the latest show first. */
  'ticketing.list_admin_events': {
    args: { venue_id: string; cursor: string | null; page_size: number }
    result: { outcome: 'found'; items: AdminEvent[]; nextCursor: string | null } | { outcome: 'bad_cursor' }
  }
  'ticketing.update_event': {
    args: { event_id: string; change: Change; actor: string }
    result: Changed | { outcome: 'ends_before_start' } | NotFound
  }
  'ticketing.pause_event': {
    args: { event_id: string; paused: boolean; actor: string }
    result: Changed | { outcome: 'cancelled' } | NotFound
  }
  /** Idempotent by the tier's id: another tier under it is a conflict. */
  'ticketing.create_tier': {
    args: { event_id: string; tier: NewTier }
    result: Changed | PriceOffStep | { outcome: 'cancelled' | 'conflict' | 'unknown_pool' | 'too_many' } | NotFound
  }
  'ticketing.update_tier': {
    args: { event_id: string; tier_id: string; change: Change; actor: string }
    result: Changed | PriceOffStep | { outcome: 'sales_end_before_start' | 'unknown_pool' | 'pool_fixed' } | NotFound
  }
  'ticketing.set_tier_capacity': {
    args: { event_id: string; tier_id: string; capacity: number; actor: string }
    result: Changed | CapacityFloor | NotFound
  }
  /** Idempotent by the pool's id: another pool under it is a conflict. */
  'ticketing.create_pool': {
    args: { event_id: string; pool: { id: string; name: string; capacity: number } }
    result: Changed | { outcome: 'cancelled' | 'conflict' | 'too_many' } | NotFound
  }
  'ticketing.set_pool_capacity': {
    args: { event_id: string; pool_id: string; capacity: number; actor: string }
    result: Changed | CapacityFloor | NotFound
  }
  /** An event's orders, newest first. */
  'ticketing.search_orders': {
    args: {
      event_id: string
      email: string | null
      status: OrderStatus | null
      cursor: string | null
      page_size: number
    }
    result: { outcome: 'found'; items: AdminOrder[]; nextCursor: string | null } | { outcome: 'bad_cursor' } | NotFound
  }
  /** Durable; idempotent by the client key. Reserved and completed in one transaction. */
  'ticketing.create_house_order': {
    args: {
      event_id: string
      order_id: string
      kind: 'comp' | 'door'
      client_key: string
      request_hash: string
      items: { tierId: string; quantity: number }[]
      buyer: { name: string; email: string }
      /** What was taken at the door; null for a gift. */
      payment: PaymentInput | null
      source: CompletionSource
    }
    result:
      | { outcome: 'issued'; orderId: string }
      | { outcome: 'unknown_tier'; tierIds: string[] }
      | { outcome: 'sales_closed'; tierIds: string[] }
      | { outcome: 'sold_out'; tierIds: string[] }
      | { outcome: 'price_changed'; totalMinor: number }
      | { outcome: 'idempotency_conflict' }
      | NotFound
  }
}
