import type { StoredFeed } from './VenueState.ts'

/** A feed that offers everything, with what the test changes of it. */
export const newTestFeed = (change: Partial<StoredFeed> = {}): StoredFeed => ({
  id: crypto.randomUUID(),
  name: 'Tonight',
  features: { images: true, video: true, reactions: true, live: true },
  ...change,
})
