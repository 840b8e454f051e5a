import type { FeedFeatures } from '@venuekit/core/contracts'
import type { FlaggedFeed } from '../ports/flagSource.ts'
import type { FeedFeaturesReader } from '../services/feedFeatures.ts'
import { messageFrame } from './frame.ts'
import type { LiveStream } from './LiveStream.ts'

interface WatchedFeed {
  readonly feed: FlaggedFeed
  readonly streams: Set<LiveStream>
  /** As last seen. */
  text: string
}

/** What the feeds of this node's streams offer: told when the host switches it, and streams end that may not be. */
export class FeatureWatch {
  readonly #features: FeedFeaturesReader
  readonly #feeds = new Map<string, WatchedFeed>()

  constructor(features: FeedFeaturesReader) {
    this.#features = features
  }

  join(feed: FlaggedFeed, features: FeedFeatures, stream: LiveStream): void {
    const watched = this.#feeds.get(feed.feedId) ?? { feed, streams: new Set(), text: JSON.stringify(features) }
    this.#feeds.set(feed.feedId, watched)
    watched.streams.add(stream)
  }

  leave(stream: LiveStream): void {
    for (const feedId of stream.feeds) {
      const watched = this.#feeds.get(feedId)
      if (watched?.streams.delete(stream) && watched.streams.size === 0) this.#feeds.delete(feedId)
    }
  }

  /** The reader of features remembers for a while: asking often costs nothing. */
  async tick(): Promise<void> {
    await Promise.all([...this.#feeds.values()].map(watched => this.#look(watched)))
  }

  async #look(watched: WatchedFeed): Promise<void> {
    const features = await this.#features.read(watched.feed)
    const text = JSON.stringify(features)
    if (text === watched.text) return
    watched.text = text
    const frame = messageFrame({ type: 'features', feedId: watched.feed.feedId, features }, null)
    for (const stream of [...watched.streams]) {
      stream.send(frame)
      if (!features.live) stream.end()
    }
  }
}
