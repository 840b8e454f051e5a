import type { Tally } from './tallyOutcomes.ts'

/** What a thousand schedules must have met, or they prove less than they seem to. */
const occurrences: Record<string, string> = {
  'a sold-out tier': 'ticketing.reserve_order sold_out',
  'a closed sale': 'ticketing.reserve_order sales_closed',
  'a buyer with too many holds': 'ticketing.reserve_order too_many_holds',
  'a reservation sent twice': 'ticketing.reserve_order reserved replayed',
  'an extended hold': 'ticketing.begin_extension begun',
  'a hold cancelled before it had a session': 'ticketing.cancel_order cancelled',
  'a hold cancelled behind the fence': 'ticketing.cancel_order expiring',
  'places released behind the fence': 'ticketing.settle_attempt released',
  'a delayed payment': 'ticketing.settle_attempt payment_pending',
  'a payment heard of twice': 'ticketing.complete_order_atomic replayed',
  'tickets for a late payment': 'ticketing.complete_order_atomic issued_late',
  'a late payment without room': 'ticketing.complete_order_atomic refund_due no_room',
  'a payment that came after its show was cancelled': 'ticketing.complete_order_atomic refund_due event_cancelled',
  'a second payment': 'ticketing.complete_order_atomic surplus second_payment',
  'another amount than the order’s': 'ticketing.complete_order_atomic needs_review amount_differs',
  'a review that ends in a refund': 'ticketing.refund_reviewed_order refund_due',
  'an order of the house': 'ticketing.create_house_order issued',
  'an order of the house without room': 'ticketing.create_house_order sold_out',
  'a capacity below what is sold': 'ticketing.set_tier_capacity below_floor',
  'a pool below what is sold': 'ticketing.set_pool_capacity below_floor',
  'a cancelled show': 'ticketing.cancel_event found',
  'a refund asked for': 'ticketing.request_refund requested',
  'a refund of what is gone': 'ticketing.request_refund refused nothing_left',
  'a refund that nobody answered for': 'ticketing.record_refund unknown',
  'a refund that waits at the bank': 'ticketing.record_refund pending',
  'a refund that the gateway refused': 'ticketing.record_refund failed',
  'a refund that failed after it succeeded': 'ticketing.import_refund failed_late',
  'a dashboard refund': 'ticketing.import_refund succeeded',
  'a dashboard refund without room': 'ticketing.import_refund needs_review',
  'an inquiry of a bank': 'ticketing.record_dispute inquiry',
  'an open dispute': 'ticketing.record_dispute open',
  'a dispute won': 'ticketing.record_dispute won',
  'a dispute lost': 'ticketing.record_dispute lost',
}

/** The rarest comes about fourteen times in so many; in fewer it may be missed by chance. */
const enough = 1000

/** What so many schedules should have met and did not. */
export const neverOccurred = (tallies: readonly Tally[], played: number): string[] => {
  if (played < enough) return []
  return Object.entries(occurrences)
    .filter(([, answer]) => !tallies.some(tally => tally.has(answer)))
    .map(([what]) => what)
}
