import type { CheckoutAttempt } from './ticketingFunctions.ts'

/** A run of the comparison with the gateway, as far as it came. */
export interface StoredReconciliation {
  runId: string
  /** ISO, both included. */
  from: string
  until: string
  startedAt: string
  /** The step at work and the last object of its list that was dealt with; null at the beginning. */
  step: string | null
  cursor: string | null
  /** What was counted so far; `{}` at the beginning. */
  report: Record<string, unknown>
}

/** What we recorded about an object of the gateway. */
export interface KnownPayment {
  objectId: string
  eventId: string
  orderId: string
  paymentId: string
  /** Null where the payment's own row is lost. */
  status: string | null
  amountMinor: number | null
  currency: string | null
  mode: 'live' | 'test' | null
}

/** A payment of ours that the gateway should know. */
export interface RecordedPayment {
  eventId: string
  orderId: string
  paymentId: string
  status: string
  amountMinor: number
  currency: string
  mode: 'live' | 'test'
  sessionId: string | null
  paymentIntentId: string | null
}

/** A refund of ours that the gateway should know. */
export interface RecordedRefund {
  eventId: string
  orderId: string
  refundId: string
  status: string
  amountMinor: number
  currency: string
  gatewayRefundId: string | null
  paymentIntentId: string | null
  sessionId: string | null
}

/** Our row of a refund at the gateway. */
export interface KnownRefund {
  gatewayRefundId: string
  refundId: string
  status: string
  amountMinor: number
  currency: string
}

/** Our row of a dispute at the gateway; `status` is the gateway's own word. */
export interface KnownDispute {
  gatewayDisputeId: string
  status: string
  amountMinor: number
}

/** A paid session whose order is not here. */
export interface OrphanPayment {
  sessionId: string
  paymentIntentId: string | null
  eventId: string
  orderId: string
  amountMinor: number
  currency: string
  status: 'waiting' | 'review' | 'refunding'
  firstSeenAt: string
  /** Of the refund that it can have. */
  refundId: string
}

export interface ReconciliationFunctions {
  /** Durable. Without a window: from the checkpoint less the overlap to five minutes ago. */
  'venuekit.begin_reconciliation': {
    args: {
      run_id: string
      account: string
      worker: string
      /** ISO; null for the scheduled run. */
      window_from: string | null
      window_until: string | null
      overlap_seconds: number
    }
    result: { outcome: 'begun' | 'resumed'; run: StoredReconciliation } | { outcome: 'busy' }
  }
  /**
   * Durable. `subjects` were dealt with, such as `payment:<id>`; `resolved` are fingerprints of alerts that no longer
   * hold. `lost` where another worker took the run over.
   */
  'venuekit.save_reconciliation': {
    args: {
      run_id: string
      worker: string
      step: string
      cursor: string | null
      report: Record<string, unknown>
      subjects: string[]
      resolved: string[]
    }
    result: { outcome: 'saved' | 'lost' }
  }
  /** Lets go of a run that could not be finished, for whoever comes next. */
  'venuekit.leave_reconciliation': {
    args: { run_id: string; worker: string }
    result: { outcome: 'left' | 'lost' }
  }
  /** Durable. */
  'venuekit.finish_reconciliation': {
    args: { run_id: string; worker: string; report: Record<string, unknown> }
    result: { outcome: 'finished' | 'lost' }
  }
  'venuekit.find_gateway_payments': {
    args: { account: string; object_ids: string[] }
    result: { payments: KnownPayment[] }
  }
  /** Gateway payments received in the window, but for those that the run dealt with. */
  'ticketing.payments_to_confirm': {
    args: {
      run_id: string
      account: string
      mode: 'live' | 'test'
      window_from: string
      window_until: string
      max_payments: number
    }
    result: { payments: RecordedPayment[] }
  }
  /** Refunds under way, and those that ended in the window, but for those that the run dealt with. */
  'ticketing.refunds_to_confirm': {
    args: {
      run_id: string
      account: string
      mode: 'live' | 'test'
      window_from: string
      window_until: string
      max_refunds: number
    }
    result: { refunds: RecordedRefund[] }
  }
  'ticketing.find_refunds': {
    args: { keys: { eventId: string; gatewayRefundId: string }[] }
    result: { refunds: KnownRefund[] }
  }
  'ticketing.find_disputes': {
    args: { keys: { eventId: string; gatewayDisputeId: string }[] }
    result: { disputes: KnownDispute[] }
  }
  /** Disputes that are not over, but for those that the run dealt with. */
  'ticketing.disputes_to_confirm': {
    args: { run_id: string; account: string; mode: 'live' | 'test'; window_from: string; max_disputes: number }
    result: { disputes: (KnownDispute & { eventId: string; orderId: string })[] }
  }
  /** Attempts of orders that wait for a delayed payment, but for those that the run dealt with. */
  'ticketing.pending_attempts': {
    args: { run_id: string; account: string; mode: 'live' | 'test'; max_attempts: number }
    result: { attempts: CheckoutAttempt[] }
  }

  /** Durable. `waiting` for 15 minutes, `due` after that, else what became of it. */
  'venuekit.keep_orphan': {
    args: {
      account: string
      session_id: string
      payment_intent_id: string | null
      event_id: string
      order_id: string
      amount_minor: number
      currency: string
    }
    result: {
      status: 'waiting' | 'due' | 'claimed' | 'review' | 'refunding' | 'refunded' | 'settled'
      firstSeenAt: string
      refundId: string
    }
  }
  /** Those that are due: to look for the order, after their refund, or, once a day, after a person's. */
  'venuekit.due_orphans': { args: { account: string; max_orphans: number }; result: { orphans: OrphanPayment[] } }
  /** Durable. An end (`claimed`, `refunded`, `settled`) is never undone. */
  'venuekit.settle_orphan': {
    args: {
      account: string
      session_id: string
      status: 'claimed' | 'review' | 'refunding' | 'refunded' | 'settled'
      note: string | null
    }
    result: { outcome: 'settled' | 'unchanged' }
  }
}
