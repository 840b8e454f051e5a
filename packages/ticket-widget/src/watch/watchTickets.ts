import { followEvent } from '@venuekit/core'
import type { TicketsHost } from '../api.ts'
import type { FlowEvent } from '../flow/flowEvent.ts'
import type { FlowState } from '../flow/flowState.ts'
import type { TicketClient } from '../flow/flowWorld.ts'
import { type OrderPlaces, orderKey } from '../orderPlaces.ts'
import { isFormState } from '../view/formState.ts'
import type { TicketsWatch } from './laterWatch.ts'

/** While the buyer chooses: what is left of the event; all along: the order that another tab made, paid or gave back. */
export const watchTickets = (
  element: TicketsHost,
  places: OrderPlaces,
  client: TicketClient,
  dispatch: (event: FlowEvent) => void,
): TicketsWatch => {
  const view = element.ownerDocument.defaultView ?? window
  // Tabs with the same API and key share one stream.
  const source = { client, apiUrl: element.apiUrl ?? '', publishableKey: element.publishableKey ?? '' }
  let shown: FlowState['at'] | null = null
  let stopNews: (() => void) | null = null

  const look = () => {
    const token = places.device.get(orderKey(places.eventId))
    // Nothing to join: then the rest of the flow is not worth loading.
    if (token !== null || shown !== 'choosing') dispatch({ type: 'deviceChanged', token })
  }
  const onStorage = ({ key }: StorageEvent) => {
    if (key === null || key.endsWith(orderKey(places.eventId))) look()
  }
  const onPageShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) look()
  }

  view.addEventListener('storage', onStorage)
  view.addEventListener('pageshow', onPageShow)
  return {
    show(state) {
      const isNew = state.at !== shown
      shown = state.at
      if (!isFormState(state)) {
        stopNews?.()
        stopNews = null
      } else stopNews ??= followEvent(source, places.eventId, event => dispatch({ type: 'eventLoaded', event }))
      // What another tab did before this one began to listen, or while it had an order of its own.
      if (isNew && state.at === 'choosing') look()
    },
    stop() {
      view.removeEventListener('storage', onStorage)
      view.removeEventListener('pageshow', onPageShow)
      stopNews?.()
    },
  }
}
