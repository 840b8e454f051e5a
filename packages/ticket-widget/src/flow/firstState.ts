import { emptyBuyer } from '../buyer.ts'
import { emptyCart } from '../cart.ts'
import type { FlowState } from './flowState.ts'

const base = { event: null, cart: emptyCart, buyer: emptyBuyer }

/** Where the flow begins where no order is found. */
export const firstState: FlowState = { ...base, at: 'loading', attempt: 0, notice: null }

/** The page does not say which tickets, or whose. */
export const unusable: FlowState = {
  ...base,
  at: 'unavailable',
  failure: { code: 'invalid_request', retryable: false, retryAfterMs: 0, fields: {} },
}
