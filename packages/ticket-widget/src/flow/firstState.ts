import { emptyBuyer } from '../buyer.ts'
import { emptyCart } from '../cart.ts'
import type { FoundOrder } from '../orderMemory.ts'
import type { FlowState } from './flowState.ts'

/** Where the flow begins: at an order that the address or the device remembers, else at the tickets. */
export const firstState = (found: FoundOrder | null): FlowState => {
  const base = { event: null, cart: emptyCart, buyer: emptyBuyer, attempt: 0 }
  if (!found) return { ...base, at: 'loading', notice: null }
  const { token, cause } = found
  if (cause === 'paid') return { ...base, at: 'confirming', token, order: null, failure: null }
  return { ...base, at: 'finding', token, cause: cause === 'unpaid' ? 'cancelled' : 'stored', failure: null }
}

/** The page does not say which tickets, or whose. */
export const unusable: FlowState = {
  at: 'unavailable',
  event: null,
  cart: emptyCart,
  buyer: emptyBuyer,
  failure: { code: 'invalid_request', retryable: false, retryAfterMs: 0, fields: {} },
}
