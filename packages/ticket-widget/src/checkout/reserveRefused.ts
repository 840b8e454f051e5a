import { buyerFields } from '../buyer.ts'
import type { Failure } from '../flow/failure.ts'
import type { Choosing, FlowState, Notice, PlainNotice, Refreshing, Reserving } from '../flow/flowState.ts'

const refresh =
  (reason: Refreshing['reason']) =>
  ({ event, cart, buyer }: Reserving): FlowState => ({ event, cart, buyer, at: 'refreshing', reason })

const ask =
  (kind: PlainNotice) =>
  (state: Reserving): FlowState =>
    choosingAgain(state, { kind })

const give = (state: Reserving, failure: Failure): FlowState => {
  const { event, cart, buyer } = state
  return { event, cart, buyer, at: 'unavailable', failure }
}

const mend = (state: Reserving, failure: Failure): FlowState => {
  // A line that the server does not know: the event was changed since it was read.
  if (Object.keys(failure.fields).some(path => path.startsWith('items.'))) return refresh('sold_out')(state)
  const refused = buyerFields.filter(field => failure.fields[`buyer.${field}`] !== undefined)
  return { ...choosingAgain(state, refused.length > 0 ? null : { kind: 'refused' }), checked: true, refused }
}

/** Refusals that trying again under the same key cannot change, by code. */
const refusals: { readonly [code: string]: (state: Reserving, failure: Failure) => FlowState } = {
  sold_out: refresh('sold_out'),
  price_changed: refresh('price_changed'),
  sales_closed: refresh('sales_closed'),
  limit_exceeded: ask('limit'),
  reservation_expired: ask('refused'),
  idempotency_conflict: ask('refused'),
  conflict: ask('refused'),
  invalid_request: mend,
  not_found: give,
  unauthorized: give,
  forbidden: give,
}

export const reserveRefused = (state: Reserving, failure: Failure): FlowState => {
  // A challenge that was not met can be: see `solveChallenge`.
  const isFinal = !(failure.code === 'forbidden' && failure.retryable) && Object.hasOwn(refusals, failure.code)
  const refusal = isFinal ? refusals[failure.code] : undefined
  return refusal ? refusal(state, failure) : { ...state, at: 'failed', failure }
}

const choosingAgain = ({ event, cart, buyer }: Reserving, notice: Notice | null): Choosing => ({
  event,
  cart,
  buyer,
  at: 'choosing',
  notice,
  checked: false,
  refused: [],
  tries: 0,
})
