import type { VenueEvent } from '../contracts/ticketing.ts'
import type { LiveSource, LiveUpdates } from './LiveUpdates.ts'

const noFeeds = (): never => {
  throw new Error('No feed was asked for.')
}

/**
 * Calls with the event once it is known, and whenever it or what is left of it changes; answers how to stop. For who shows
 * no feeds, and so needs no session. The part that listens loads with the call; where it does not load nothing is told.
 */
export const followEvent = (
  { client, apiUrl, publishableKey }: Pick<LiveSource, 'client' | 'apiUrl' | 'publishableKey'>,
  eventId: string,
  listener: (event: VenueEvent) => void,
): (() => void) => {
  let stop = () => {}
  let stopped = false
  const begin = ({ LiveUpdates: Updates }: { LiveUpdates: typeof LiveUpdates }) => {
    if (!stopped) stop = new Updates({ client, apiUrl, publishableKey, feeds: noFeeds }).event(eventId, listener)
  }
  import('./LiveUpdates.ts').then(begin, () => {})
  return () => {
    stopped = true
    stop()
  }
}
