import type { FlowState } from '../flow/flowState.ts'
import type { OrderMemory } from './orderMemory.ts'
import { readOrderToken } from './orderToken.ts'

const orderIdOf = (state: FlowState): string | null => {
  if ('hold' in state) return state.hold.order.id
  if ('order' in state && state.order) return state.order.id
  return 'token' in state ? (readOrderToken(state.token)?.orderId ?? null) : null
}

/** Remembers a paid order for the tab; forgets one that ended or was left. One under review may still be fulfilled. */
export const keepOrder = (memory: OrderMemory, before: FlowState, after: FlowState): void => {
  if (after.at === 'done') memory.settle(after.token)
  const over = after.at === 'ended' ? after.reason !== 'review' : after.at === 'loading'
  const orderId = over ? orderIdOf(after.at === 'ended' ? after : before) : null
  if (orderId) memory.forget(orderId)
}
