import type { AdminEvent, AdminRefund } from '@venuekit/core/contracts'

/** What the kit makes of the gateway's word about a refund. `unknown` as an answer: no answer. */
export type RefundState = 'unknown' | 'pending' | 'succeeded' | 'failed' | 'cancelled'

export type DisputeState = 'inquiry' | 'open' | 'won' | 'lost' | 'unknown'

/** Why a payment is not refunded as asked. */
export type RefundRefusal =
  | 'no_payment'
  | 'under_review'
  | 'disputed'
  | 'nothing_left'
  | 'exceeds_payment'
  | 'amount_off_step'
  | 'payment_bought_no_tickets'
  | 'unknown_ticket'
  | 'ticket_not_valid'
  | 'ticket_checked_in'
  | 'nothing_paid'

/**
 * What became of a refund once a word about it was applied. `failed_late`: it had succeeded, and asks for review;
 * `retried`: it failed, and another row asks for the same money later.
 */
export type RefundOutcome = RefundState | 'failed_late' | 'retried' | 'needs_review' | 'unchanged'

/** A refund leased to a worker. */
export interface RefundTask {
  refundId: string
  eventId: string
  orderId: string
  paymentId: string
  amountMinor: number
  currency: string
  /** Tries, this one included. */
  tries: number
  sessionId: string | null
  paymentIntentId: string | null
  gatewayRefundId: string | null
  /** Never sent; sent without an answer: look before sending; or known at the gateway: ask how it is. */
  task: 'send' | 'look' | 'ask'
  /** The gateway still remembers the key. */
  maySendAgain: boolean
}

type NotFound = { outcome: 'not_found' }

export interface RefundFunctions {
  /** Durable; idempotent by the refund's id. `exists`: asked for before, in the same words. */
  'ticketing.request_refund': {
    args: {
      event_id: string
      order_id: string
      refund_id: string
      payment_id: string | null
      amount_minor: number | null
      ticket_ids: string[] | null
      actor: string
      reason: string | null
    }
    result:
      | { outcome: 'requested' | 'exists'; refund: AdminRefund }
      | { outcome: 'refused'; reason: RefundRefusal; leftMinor: number }
      | { outcome: 'conflict' }
      | NotFound
  }
  'ticketing.events_with_refunds': { args: { max_events: number }; result: { eventIds: string[] } }
  /** Durable. Due refunds of one event, leased; what was never sent counts as sent from here on. */
  'ticketing.take_refunds': {
    args: { event_id: string; max_refunds: number; worker: string; lease_seconds: number }
    result: { refunds: RefundTask[] }
  }
  /** Durable. Allows another send once the gateway was seen to have none of our id. */
  'ticketing.restart_refund': {
    args: { event_id: string; order_id: string; refund_id: string; worker: string }
    result: { maySend: boolean }
  }
  /** Durable. The answer to a refund of ours. */
  'ticketing.record_refund': {
    args: {
      event_id: string
      order_id: string
      refund_id: string
      state: RefundState
      gateway_refund_id: string | null
      error: string | null
    }
    result: { outcome: RefundOutcome } | NotFound
  }
  /** Durable. A refund as the gateway has it, whoever made it; `noted` where its state says nothing yet. */
  'ticketing.import_refund': {
    args: {
      event_id: string
      order_id: string
      payment_id: string
      refund: {
        gatewayRefundId: string
        /** Our row's id from its metadata. */
        refundId: string | null
        amountMinor: number
        currency: string
        state: RefundState
        reason: string | null
      }
    }
    result: { outcome: RefundOutcome; refundId: string } | { outcome: 'noted' } | NotFound
  }
  /** Durable. `unchanged` where nothing is new, else the state it is in now. */
  'ticketing.record_dispute': {
    args: {
      event_id: string
      order_id: string
      payment_id: string
      dispute: {
        gatewayDisputeId: string
        status: string
        state: DisputeState
        amountMinor: number
        currency: string
      }
    }
    result: { outcome: DisputeState | 'unchanged' } | NotFound
  }
  /** What the `refund` message of that version tells of. */
  'ticketing.get_refund_message': {
    args: { event_id: string; order_id: string; version: number }
    result: { outcome: 'found'; refund: AdminRefund } | NotFound
  }
  /** Durable. An admin sends the money of an order under review back. `decided`: that was decided before. */
  'ticketing.refund_reviewed_order': {
    args: { event_id: string; order_id: string; actor: string; note: string | null }
    result: { outcome: 'refund_due' | 'decided' | 'not_under_review' } | NotFound
  }

  /** Durable. Nothing is sold any more; holds and orders follow by `call_off_orders`. */
  'ticketing.cancel_event': {
    args: { event_id: string; actor: string; reason: string | null }
    result: { outcome: 'found'; event: AdminEvent } | NotFound
  }
  'ticketing.events_to_call_off': { args: { max_events: number }; result: { eventIds: string[] } }
  /**
   * Durable. One batch: holds sent to the fence, orders told and their refunds written. Without `tell` the alert about
   * money to be given back by hand is only kept.
   */
  'ticketing.call_off_orders': {
    args: { event_id: string; max_orders: number; tell?: boolean }
    result: {
      held: number
      calledOff: number
      /** Paid outside the gateway: somebody must give that back. */
      byHand: number
    }
  }
}
