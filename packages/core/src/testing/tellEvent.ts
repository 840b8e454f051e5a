import { showEvent } from './showEvent.ts'
import type { VenueContext } from './VenueContext.ts'

/** The live stream tells what is left of the event. */
export const tellEvent = (venue: VenueContext, eventId: string): void => {
  const event = venue.state.events.find(({ id }) => id === eventId)
  if (event) venue.live.tell({ type: 'event', event: showEvent(venue, event) })
}
