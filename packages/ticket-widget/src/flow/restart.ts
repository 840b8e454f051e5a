import type { FlowState, Loading, Notice } from './flowState.ts'

type Base = Pick<FlowState, 'event' | 'cart' | 'buyer'>

/** What every state hands on to the next. */
export const baseOf = ({ event, cart, buyer }: Base): Base => ({
  event,
  cart,
  buyer,
})

/** Back to the tickets, which are read anew. */
export const restart = (state: Base, notice: Notice | null = null): Loading => ({
  ...baseOf(state),
  at: 'loading',
  attempt: 0,
  notice,
})
