import type { DisputeState, RefundState } from '../ports/refundFunctions.ts'

const refundStates: Record<string, RefundState> = {
  pending: 'pending',
  // The buyer must say where to; the money is spoken for.
  requires_action: 'pending',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'cancelled',
}

const disputeStates: Record<string, DisputeState> = {
  needs_response: 'open',
  under_review: 'open',
  won: 'won',
  lost: 'lost',
  // The bank only asks: no money moves.
  warning_needs_response: 'inquiry',
  warning_under_review: 'inquiry',
  warning_closed: 'inquiry',
  prevented: 'inquiry',
}

const own = <Value>(table: Record<string, Value>, word: string): Value | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined

/** The gateway's word for a refund in the kit's; words that may come are `unknown`, never an error. */
export const refundStateOf = (status: string): RefundState => own(refundStates, status) ?? 'unknown'

export const disputeStateOf = (status: string): DisputeState => own(disputeStates, status) ?? 'unknown'
