import type { VenueEvent } from '@venuekit/core/contracts'
import type { Choosing, FlowState, Notice } from './flowState.ts'

type Base = Pick<FlowState, 'cart' | 'buyer'>

/** At the tickets, with nothing to complain of. */
export const choosing = (
  { cart, buyer }: Base,
  event: VenueEvent,
  notice: Notice | null = null,
  checked = false,
): Choosing => ({ at: 'choosing', event, cart, buyer, notice, checked, refused: [], tries: 0 })
