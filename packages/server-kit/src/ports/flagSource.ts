import type { FeedFeatures } from '@venuekit/core/contracts'

/** Which feed is asked about. */
export interface FlaggedFeed {
  feedId: string
  venueId: string
}

/**
 * The host's switches for what a feed offers, at run time. What an answer leaves out keeps its default, which is on; a
 * failure, or 3 seconds without an answer, keeps what was last known. The kit asks once in ten seconds for each feed that
 * is in use.
 */
export interface FlagSource {
  read(feed: FlaggedFeed): Promise<Partial<FeedFeatures>>
}
