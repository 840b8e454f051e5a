import type { FlowEventOf } from '../flow/flowEvent.ts'
import type { Handlers } from '../flow/flowRules.ts'
import type { FlowState, Held, StateAt } from '../flow/flowState.ts'
import { baseOf } from '../flow/restart.ts'
import { findOrder } from './findOrder.ts'
import { holdOf, isOver, tickHold } from './hold.ts'

const shortSeconds = 120

/** Two minutes before the end the buyer is asked whether more time is needed (WCAG 2.2.1). */
export const isShort = ({ hold: { secondsLeft } }: Pick<Held, 'hold'>): boolean =>
  secondsLeft !== null && secondsLeft <= shortSeconds

/** Of time that was given nothing is said once it is short again: then one may ask once more. */
export const tickHeld = (state: Held, { at }: FlowEventOf<'ticked'>): FlowState => {
  const hold = tickHold(state.hold, at)
  if (isOver(hold)) return findOrder(state, hold.token, 'stored')
  const isPast = state.extension?.result === 'given' && isShort({ hold })
  return { ...state, hold, extension: isPast ? null : state.extension }
}

const given = (state: StateAt<'extending'>, { order, at }: FlowEventOf<'holdExtended'>): FlowState => {
  const hold = holdOf(state.hold.token, order, at)
  if (order.status !== 'reserved' || isOver(hold)) return findOrder(state, hold.token, state.cause)
  const extension = { result: 'given', minutes: Math.ceil((hold.secondsLeft ?? 0) / 60) } as const
  return { ...baseOf(state), at: 'held', hold, cause: state.cause, failure: null, extension }
}

const notGiven = (state: StateAt<'extending'>, { failure }: FlowEventOf<'extendFailed'>): FlowState => {
  const { hold, cause } = state
  const result = failure.code === 'limit_exceeded' ? 'refused' : 'failed'
  if (result === 'failed' && !failure.retryable) return findOrder(state, hold.token, cause)
  return { ...baseOf(state), at: 'held', hold, cause, failure: null, extension: { result } }
}

export const extending = { holdExtended: given, extendFailed: notGiven } satisfies Handlers['extending']
