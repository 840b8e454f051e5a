import type { VenueEvent } from '../contracts/ticketing.ts'
import type { LiveUpdates } from './LiveUpdates.ts'

/** News of the venue as they happen, by one stream for all tabs; by asking now and then where there is none. */
export interface Live {
  /** Keeps a feed up to date that is shown otherwise than by a reader, which does so itself; answers how to stop. */
  feed(feedId: string): () => void
  /** Calls with the event once it is known, and whenever it or what is left of it changes; answers how to stop. */
  event(eventId: string, listener: (event: VenueEvent) => void): () => void
}

/** Loads what it takes with the first who wants it. */
export const laterLive = (load: () => Promise<LiveUpdates>): Live => {
  let loading: Promise<LiveUpdates> | undefined
  const start = (work: (live: LiveUpdates) => () => void) => {
    loading ??= load()
    const started = loading.then(work)
    started.catch(() => {
      loading = undefined
    })
    return () => void started.then(stop => stop()).catch(() => {})
  }
  return {
    feed: feedId => start(live => live.feed(feedId)),
    event: (eventId, listener) => start(live => live.event(eventId, listener)),
  }
}
