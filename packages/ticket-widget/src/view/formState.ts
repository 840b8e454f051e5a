import type { VenueEvent } from '@venuekit/core/contracts'
import type { Choosing, Failed, Paying, Refreshing, Reserving } from '../flow/flowState.ts'

/** The states in which the buyer sees the order form. */
export type FormState = Choosing | Refreshing | Reserving | Failed | (Paying & { event: VenueEvent })
