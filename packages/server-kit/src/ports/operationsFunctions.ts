import type {
  OperationsEvent,
  OperationsEventFilter,
  OperationsEventOrder,
  Sales,
  SalesStep,
} from '@venuekit/core/contracts'
import type { HealthParts } from './auditFunctions.ts'

type NotFound = { outcome: 'not_found' }

/** An alert as it is kept. */
export interface StoredAlert {
  fingerprint: string
  kind: string
  /** `summary`, and the alert's fields. */
  detail: Record<string, unknown>
  raisedAt: string
  seenAt: string
  seenCount: number
  resolvedAt: string | null
  /** How much is wrong, in what the kind counts. */
  amount: number
  /** A fact that was told, and over at once. */
  once: boolean
  /** A sink was told of it. */
  delivered: boolean
}

interface StoredQueue {
  waiting: number
  dead: number
  oldestWaitingAt: string | null
}

export interface StoredReconciliation {
  runId: string
  status: 'running' | 'finished'
  from: string
  until: string
  startedAt: string
  finishedAt: string | null
  /** A `ReconciliationReport` once it is finished. */
  report: Record<string, unknown>
}

/** What `read_operations` answers; nothing of it grows with the tickets that were sold. */
interface StoredOperations {
  now: string
  alerts: { openCount: number; open: StoredAlert[]; resolved: StoredAlert[] }
  health: {
    events: number
    eventsWithFaults: number
    unchecked: number
    oldestCheckAt: string | null
    /** Of all checkpoints together; what is well is left out. */
    parts: HealthParts
  }
  inbox: StoredQueue & { orphanPayments: number; lastHandledAt: string | null }
  outbox: StoredQueue & { lastSentAt: string | null }
  refunds: {
    underWay: number
    needReview: number
    oldestAt: string | null
    amounts: { amountMinor: number; currency: string }[]
  }
  reconciliation: StoredReconciliation | null
  places: { capacity: number; reserved: number; issued: number }
}

/** An event with its parts by kind. */
export type StoredOperationsEvent = Omit<OperationsEvent, 'health'> & {
  health: { score: number; parts: HealthParts; checkedAt: string } | null
}

/** What the operations page reads, its sessions, and the sums that its plots are made of. */
export interface OperationsFunctions {
  'venuekit.read_operations': { args: Record<string, never>; result: StoredOperations }
  /** `cursor` is how many were shown before. */
  'ticketing.list_operations_events': {
    args: {
      search: string | null
      filter: OperationsEventFilter
      sort: OperationsEventOrder
      cursor: string | null
      page_size: number
    }
    result:
      | { outcome: 'found'; total: number; items: StoredOperationsEvent[]; nextCursor: string | null }
      | { outcome: 'bad_cursor' }
  }
  /** Its health here and now. */
  'ticketing.get_operations_event': {
    args: { event_id: string }
    result:
      | {
          outcome: 'found'
          event: StoredOperationsEvent
          pools: { id: string; name: string; capacity: number; reserved: number; issued: number }[]
          findings: { kind: string; sentence: string; orderId: string | null }[]
        }
      | NotFound
  }
  /** Of all events where `event_id` is null. */
  'ticketing.read_sales': {
    args: { event_id: string | null; step: SalesStep; time_zone: string }
    result: { outcome: 'found'; sales: Sales } | NotFound
  }
  'ticketing.events_to_roll_up': { args: { max_events: number }; result: { eventIds: string[] } }
  /** Adds a stretch of the journal to the kept sums; `more` where it did not reach the end. */
  'ticketing.roll_up_sales': {
    args: { event_id: string; max_entries: number }
    result: { rolledUp: number; more: boolean }
  }
  'venuekit.read_session': { args: { session_id: string }; result: { now: string; ended: boolean } }
  /** Durable. */
  'venuekit.end_session': { args: { session_id: string; ends_at: string }; result: { outcome: 'ended' } }
}
