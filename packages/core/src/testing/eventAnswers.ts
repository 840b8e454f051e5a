import type { VenueEvent } from '../contracts/ticketing.ts'
import { expireDueOrders } from './expireDueOrders.ts'
import { listPage } from './listPage.ts'
import { isOver, showEvent } from './showEvent.ts'
import type { RouteAnswers } from './TestCall.ts'
import { TestProblem } from './TestProblem.ts'
import type { VenueContext } from './VenueContext.ts'

/** Throws `not_found`. */
export const findEvent = (venue: VenueContext, eventId: string): VenueEvent => {
  expireDueOrders(venue)
  const event = venue.state.events.find(({ id }) => id === eventId)
  if (!event) throw new TestProblem('not_found', { detail: 'No such event.' })
  return event
}

const keyOf = ({ startsAt, id }: VenueEvent): string => `${new Date(startsAt).toISOString()} ${id}`

export const eventAnswers = {
  listEvents: ({ query }, { venue }) => {
    expireDueOrders(venue)
    const coming = venue.state.events.filter(event => !isOver(event, venue.now()))
    const items = coming.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
    const page = listPage({ list: 'events', items, keyOf, isAfter: (event, key) => keyOf(event) > key }, query)
    return { ...page, items: page.items.map(event => showEvent(venue, event)) }
  },
  getEvent: ({ params }, { venue }) => ({ event: showEvent(venue, findEvent(venue, params.eventId)) }),
} satisfies Partial<RouteAnswers>
