import type { FlowState, Loading, Notice } from './flowState.ts'

/** What every state hands on to the next. */
export const baseOf = ({ event, cart, buyer }: FlowState): Pick<FlowState, 'event' | 'cart' | 'buyer'> => ({
  event,
  cart,
  buyer,
})

/** Back to the tickets, which are read anew. */
export const restart = (state: FlowState, notice: Notice | null = null): Loading => ({
  ...baseOf(state),
  at: 'loading',
  attempt: 0,
  notice,
})
