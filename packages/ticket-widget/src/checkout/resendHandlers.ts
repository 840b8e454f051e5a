import { choosing } from '../flow/choosing.ts'
import type { FlowEventOf } from '../flow/flowEvent.ts'
import type { Handlers } from '../flow/flowRules.ts'
import type { Choosing, Done, FlowState, Resending } from '../flow/flowState.ts'
import { baseOf } from '../flow/restart.ts'
import { checkBuyer } from './checkBuyer.ts'
import { findOrder } from './findOrder.ts'

export const askForEmail = (state: Choosing): Resending => ({
  ...baseOf(state),
  event: state.event,
  at: 'resending',
  step: 'asking',
  checked: false,
  failure: null,
  attempt: 0,
})

const send = (state: Resending): FlowState => {
  if (state.step === 'sending') return state
  if (checkBuyer(state.buyer).email) return { ...state, checked: true }
  return { ...state, step: 'sending', failure: null, attempt: state.attempt + 1 }
}

/** Tickets once more, for who bought already. The server answers the same whether or not it knows the address. */
export const resendingHandlers: NonNullable<Handlers['resending']> = {
  buyerTyped: (state, { field, value }) =>
    state.step === 'sending'
      ? state
      : { ...state, step: 'asking', buyer: { ...state.buyer, [field]: value }, failure: null },
  submitted: send,
  ticketsSent: state => ({ ...state, step: 'sent' }),
  resendFailed: (state, { failure }) => ({ ...state, step: 'asking', failure }),
  orderChanged: state => choosing(state, state.event),
  deviceChanged: (state, { token }) => (token === null ? state : findOrder(state, token, 'elsewhere')),
}

/** From the receipt the address is known. */
export const resendFromReceipt = {
  resendWanted: (state: Done): Done =>
    state.mail === 'sending' ? state : { ...state, mail: 'sending', attempt: state.attempt + 1 },
  ticketsSent: (state: Done): Done => ({ ...state, mail: 'sent' }),
  resendFailed: (state: Done, { failure }: FlowEventOf<'resendFailed'>): Done => ({
    ...state,
    mail: failure.code === 'rate_limited' ? 'busy' : 'failed',
  }),
}
