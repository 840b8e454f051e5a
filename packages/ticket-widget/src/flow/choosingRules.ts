import { withQuantity } from '../cart.ts'
import { choosing } from './choosing.ts'
import type { FlowRules, Handlers } from './flowRules.ts'
import { loadEvent } from './loadEvent.ts'
import { baseOf, restart } from './restart.ts'

/** Enough while the cart is empty; `checkoutHandlers` know what becomes of a full one. */
export const choosingHandlers = {
  loading: {
    eventLoaded: (state, { event }) => choosing(state, event, state.notice),
    eventFailed: (state, { failure }) => ({ ...baseOf(state), at: 'unavailable', failure }),
  },
  unavailable: {
    retried: state => restart(state),
    eventLoaded: (state, { event }) => choosing(state, event),
  },
  choosing: {
    quantitySet: (state, { tierId, quantity }) => ({
      ...state,
      cart: withQuantity(state.event, state.cart, tierId, quantity),
      tries: 0,
    }),
    eventLoaded: (state, { event }) => ({ ...state, event }),
  },
} satisfies Handlers

/** The states before anything was chosen. */
export const choosingRules: FlowRules = {
  handlers: choosingHandlers,
  work: { loading: (_, context) => loadEvent(context) },
}
