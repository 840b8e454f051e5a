import type { FeedFeatures } from '@venuekit/core/contracts'
import type { FlaggedFeed, FlagSource } from '../ports/flagSource.ts'
import type { Log } from '../ports/log.ts'
import type { MediaStores } from '../ports/mediaStore.ts'
import { inTime } from './inTime.ts'

export interface FeedFeaturesReader {
  /** What the feed offers just now; throws nothing. */
  read(feed: FlaggedFeed): Promise<FeedFeatures>
}

interface Known {
  features: FeedFeatures
  /** The next question to the source, on this node's own clock in milliseconds. */
  askAgainAt: number
}

const keepMs = 10_000
/** Readers of the feed wait for the answer. */
const patienceMs = 3_000
const maximumFeeds = 10_000

/**
 * Asks the host's switches at most once in ten seconds a feed and node. Where they fail or hang, what was last known holds, then
 * the defaults: everything that the kit can serve.
 */
export const createFeedFeatures = (options: {
  flags: FlagSource | null
  /** Without a store of its kind there are no images, or no videos, whatever the switches say. */
  media: MediaStores
  log: Log
  now?: () => number
}): FeedFeaturesReader => {
  const { flags, media, log, now = () => performance.now() } = options
  const stored = { images: media.image !== undefined, video: media.video !== undefined }
  const defaults: FeedFeatures = { ...stored, reactions: true, live: true }
  const known = new Map<string, Known>()
  const asking = new Map<string, Promise<FeedFeatures>>()

  const remember = (feedId: string, features: FeedFeatures): FeedFeatures => {
    known.delete(feedId)
    known.set(feedId, { features, askAgainAt: now() + keepMs })
    for (const oldest of known.keys()) {
      if (known.size <= maximumFeeds) break
      known.delete(oldest)
    }
    return features
  }

  const ask = async (source: FlagSource, feed: FlaggedFeed): Promise<FeedFeatures> => {
    try {
      const { images = true, video = true, reactions = true, live = true } = await inTime(source.read(feed), patienceMs)
      return remember(feed.feedId, { images: images && stored.images, video: video && stored.video, reactions, live })
    } catch (error) {
      log.warn('the feature flags could not be read', { feedId: feed.feedId, error: String(error) })
      return remember(feed.feedId, known.get(feed.feedId)?.features ?? defaults)
    }
  }

  return {
    async read(feed) {
      if (flags === null) return defaults
      const last = known.get(feed.feedId)
      if (last && last.askAgainAt > now()) return last.features
      const question = asking.get(feed.feedId) ?? ask(flags, feed).finally(() => asking.delete(feed.feedId))
      asking.set(feed.feedId, question)
      return question
    },
  }
}
