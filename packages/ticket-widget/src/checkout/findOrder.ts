import type { Finding, FlowState, HoldCause } from '../flow/flowState.ts'
import { baseOf } from '../flow/restart.ts'

/** The server is asked what became of the order. */
export const findOrder = (state: FlowState, token: string, cause: HoldCause): Finding => ({
  ...baseOf(state),
  at: 'finding',
  attempt: 0,
  token,
  cause,
  failure: null,
})
