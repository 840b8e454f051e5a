import type { EventStatus } from '@venuekit/core/contracts'

/** What an audit can find. The parts of an event's health are named the same. */
export type FindingKind =
  /** Places counted as reserved that no order holds. */
  | 'ghost_reservations'
  | 'overdue_reservations'
  | 'paid_without_tickets'
  | 'free_without_tickets'
  | 'tickets_without_payment'
  | 'oversold_tiers'
  | 'oversold_pools'
  /** A counter that says otherwise than the order lines. */
  | 'counter_drift'
  /** A journal that does not add up to its counter. */
  | 'journal_drift'
  /** Lines that count otherwise than their order stands. */
  | 'line_drift'
  | 'stuck_refunds'
  /** Orders, and payments of others, that a person must decide about. */
  | 'waiting_reviews'
  | 'unsent_messages'
  | 'dead_webhooks'
  | 'orphan_payments'
  /** Told and skipped: neither payment nor tickets, such as a test by the house. */
  | 'fulfilled_without_payment'

/** One thing that is wrong. */
export interface AuditFinding {
  kind: FindingKind
  /** Null for what belongs to no event. */
  eventId: string | null
  tierId: string | null
  poolId: string | null
  orderId: string | null
  /** A refund, payment, message, session or gateway event. */
  subject: string | null
  /** How much of it: places, orders, counters or things, as the kind counts. */
  amount: number
  /** The figures behind it; money in minor units. */
  numbers: Record<string, number | string | null>
  /** For people. */
  sentence: string
}

/** An event, what the audit found there, and what it looked at and skipped. */
export interface AuditedEvent {
  eventId: string
  name: string
  findings: AuditFinding[]
  skipped: AuditFinding[]
}

export type HealthParts = Record<string, number>

/** `no_room`: orders and tickets say more than the capacity; nothing changed. */
type Mended = { outcome: 'repaired' | 'nothing_to_repair' | 'no_room' }

type NotFound = { outcome: 'not_found' }

/** What looks for faults, and what mends them. */
export interface AuditFunctions {
  /**
   * The events after one, by id, until they have sold `max_places` together, at least one. `events` are those with
   * findings or with something skipped; `lastEventId` is null after the end.
   */
  'ticketing.audit_events': {
    args: { after: string | null; max_places: number }
    result: { eventsAudited: number; lastEventId: string | null; events: AuditedEvent[] }
  }
  /** Everything, live. */
  'ticketing.audit_event': { args: { event_id: string }; result: ({ outcome: 'audited' } & AuditedEvent) | NotFound }
  /** What belongs to no event. `lookedAt` in ISO. */
  'venuekit.audit_inbox': { args: Record<string, never>; result: { lookedAt: string; findings: AuditFinding[] } }

  'ticketing.get_event_health': {
    args: { event_id: string }
    result:
      | { outcome: 'found'; health: { eventId: string; status: EventStatus; score: number; parts: HealthParts } }
      | NotFound
  }
  'ticketing.get_health': { args: Record<string, never>; result: { score: number; parts: HealthParts } }
  /** Events whose checkpoint is due, the oldest first. */
  'ticketing.events_to_check': { args: { max_events: number }; result: { eventIds: string[] } }
  /** Looks one event through and keeps the result; `mended` names what was wrong the last time and is no more. */
  'ticketing.check_event': {
    args: { event_id: string }
    result:
      | {
          outcome: 'checked'
          eventId: string
          name: string
          score: number
          parts: HealthParts
          /** ISO, by the database's clock. */
          lookedAt: string
          mended: FindingKind[]
        }
      | NotFound
  }

  /** Durable. Of a tier or of a pool: the other one is null. */
  'ticketing.repair_counter': {
    args: { event_id: string; tier_id: string | null; pool_id: string | null; actor: string }
    result: Mended | NotFound
  }
  /** Durable. */
  'ticketing.repair_lines': {
    args: { event_id: string; order_id: string; actor: string }
    result: Mended | NotFound
  }
  /** Durable. Payments and blocked tickets of one order say what its refunds say; what is owed then is asked for anew. */
  'ticketing.repair_refunds': {
    args: { event_id: string; order_id: string; actor: string }
    result: Mended | NotFound
  }
  /** Durable. Issues what is missing, through `complete_order_atomic`. */
  'ticketing.repair_tickets': {
    args: { event_id: string; order_id: string; actor: string }
    result:
      | { outcome: 'repaired'; issued: number }
      | { outcome: 'skipped'; reason: 'no_payment' }
      | { outcome: 'no_room' | 'nothing_to_repair'; completion: string; reason: string | null }
      | NotFound
  }
  /** Durable. Notes a repair that other functions made. */
  'ticketing.record_repair': {
    args: {
      event_id: string
      kind: 'capacity' | 'overdue' | 'refund'
      actor: string
      tier_id: string | null
      pool_id: string | null
      order_id: string | null
      before: Record<string, unknown>
      after: Record<string, unknown>
    }
    result: { outcome: 'recorded' }
  }
  'ticketing.get_ticket_order': {
    args: { event_id: string; ticket_id: string }
    result: { outcome: 'found'; orderId: string; tierId: string; poolId: string | null; status: string } | NotFound
  }
}
