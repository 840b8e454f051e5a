import { emptyBuyer } from '../buyer.ts'
import { emptyCart } from '../cart.ts'
import type { FlowState } from '../flow/flowState.ts'
import type { FoundOrder } from './orderMemory.ts'

/** Where the flow begins at an order that the address or the device remembers. */
export const foundState = ({ token, cause }: FoundOrder): FlowState => {
  const base = { event: null, cart: emptyCart, buyer: emptyBuyer, attempt: 0, failure: null, token }
  if (cause === 'paid') return { ...base, at: 'confirming', order: null }
  return { ...base, at: 'finding', cause: cause === 'unpaid' ? 'cancelled' : 'stored' }
}
