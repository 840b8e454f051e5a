import type { VenueEvent } from '@venuekit/core/contracts'
import { cartTotal, maximumOf, placesIn } from '../cart.ts'
import { choosing } from '../flow/choosing.ts'
import type { Choosing, FlowState, Loading, Notice, Refreshing } from '../flow/flowState.ts'
import { fitCart } from './fitCart.ts'

type Base = Pick<FlowState, 'cart' | 'buyer'>

/** Says what the cart lost against the event as it is now, and keeps the rest. */
const fitted = (base: Base, event: VenueEvent): { base: Base; lost: Notice | null } => {
  const { cart, reducedTierIds } = fitCart(event, base.cart)
  const gone = reducedTierIds.filter(tierId => {
    const tier = event.tiers.find(each => each.id === tierId)
    return !tier || maximumOf(event, tier, {}) === 0
  })
  const tierIds = gone.length > 0 ? gone : reducedTierIds
  const lost: Notice | null = tierIds.length === 0 ? null : { kind: gone.length > 0 ? 'soldOut' : 'fewer', tierIds }
  return { base: { ...base, cart }, lost }
}

export const firstSeen = (state: Loading, event: VenueEvent): FlowState => {
  const { base, lost } = fitted(state, event)
  return choosing(base, event, state.notice ?? lost)
}

/** The event changed while the buyer was choosing. */
export const seenWhileChoosing = (state: Choosing, event: VenueEvent): FlowState => {
  const { base, lost } = fitted(state, event)
  const isDearer = cartTotal(event, state.cart).amountMinor !== cartTotal(state.event, state.cart).amountMinor
  const notice: Notice | null = lost ?? (isDearer ? { kind: 'price' } : null)
  // With the last ticket the fields go, and with them the focus.
  const quiet = placesIn(base.cart) > 0
  return { ...state, ...base, event, notice: notice ? { ...notice, quiet } : state.notice }
}

const notices: { readonly [Reason in Refreshing['reason']]: (lost: Notice | null) => Notice } = {
  sold_out: lost => lost ?? { kind: 'race' },
  price_changed: lost => lost ?? { kind: 'price' },
  sales_closed: () => ({ kind: 'closed' }),
}

export const refreshed = (state: Refreshing, event: VenueEvent): FlowState => {
  const { base, lost } = fitted(state, event)
  return choosing(base, event, notices[state.reason](lost))
}

/** Without the event as it is now the buyer is told what the server said, and keeps the cart. */
export const notRefreshed = (state: Refreshing): FlowState =>
  choosing(state, state.event, state.reason === 'sold_out' ? { kind: 'race' } : { kind: 'refused' })
