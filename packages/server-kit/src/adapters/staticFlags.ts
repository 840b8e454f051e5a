import type { FeedFeatures } from '@venuekit/core/contracts'
import type { FlagSource } from '../ports/flagSource.ts'

export interface StaticFlagsOptions extends Partial<FeedFeatures> {
  /** What is otherwise in single feeds, by their ids. */
  feeds?: Readonly<Record<string, Partial<FeedFeatures>>>
}

/** Switches that stand in the host's configuration: `staticFlags({ video: false })`. */
export const staticFlags = ({ feeds = {}, ...everywhere }: StaticFlagsOptions): FlagSource => ({
  read: async ({ feedId }) => ({ ...everywhere, ...feeds[feedId] }),
})
