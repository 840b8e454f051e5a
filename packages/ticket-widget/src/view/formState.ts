import type { VenueEvent } from '@venuekit/core/contracts'
import type { Choosing, Failed, FlowState, Paying, Refreshing, Reserving } from '../flow/flowState.ts'

/** The states in which the buyer sees the order form: nothing jumps while the server answers. */
export type FormState = Choosing | Refreshing | Reserving | Failed | (Paying & { event: VenueEvent })

const names: readonly string[] = ['choosing', 'refreshing', 'reserving', 'failed']

export const isFormState = (state: FlowState): state is FormState =>
  names.includes(state.at) || (state.at === 'paying' && state.cause === null && state.event !== null)
