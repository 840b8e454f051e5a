import type { FeedFeatures } from '@venuekit/core/contracts'
import type { Database } from '../ports/database.ts'
import type { FlaggedFeed } from '../ports/flagSource.ts'
import type { Log } from '../ports/log.ts'
import type { FeedFeaturesReader } from '../services/feedFeatures.ts'
import { createRecentMap } from '../services/recentMap.ts'
import { type Beginning, ChangeLog } from './ChangeLog.ts'
import { EventWatch } from './EventWatch.ts'
import { FeatureWatch } from './FeatureWatch.ts'
import { messageFrame } from './frame.ts'
import type { LiveChange } from './LiveChange.ts'
import { jitter, LiveStream } from './LiveStream.ts'
import { StreamCounts } from './StreamCounts.ts'

export interface LiveFeed extends FlaggedFeed {
  features: FeedFeatures
}

/** What a stream tells of; its reader's key has been asked already. */
export interface Subscription {
  venueId: string
  feeds: readonly LiveFeed[]
  /** Asked for, and switched off. */
  off: readonly LiveFeed[]
  /** Known to exist: see `hasEvent`. */
  eventIds: readonly string[]
  /** The reader's Last-Event-ID. */
  after: string | null
  onEnd: () => void
}

interface HubParts {
  database: Database
  features: FeedFeaturesReader
  log: Log
  /** In ms; monotonic. */
  now?: () => number
}

const tickMs = 1_000
/** Between two readings of the log: what is done in a burst is told at once. */
const restMs = 150
const retryMs = 2_000
/** Readers of a node that goes spread their return over that time. */
const departureMs = 5_000

/** All live streams of this node. While there are any, one timer asks what changed; without any, nothing runs. */
export class LiveHub {
  readonly counts = new StreamCounts()
  readonly #database: Database
  readonly #log: Log
  readonly #now: () => number
  readonly #changes: ChangeLog
  readonly #events: EventWatch
  readonly #features: FeatureWatch
  readonly #streams = new Set<LiveStream>()
  /** Feeds are never deleted. */
  readonly #knownFeeds = createRecentMap<true>({ keepMs: 3_600_000, maximum: 10_000 })
  #opening = 0
  #timer: ReturnType<typeof setInterval> | undefined
  #waking: ReturnType<typeof setTimeout> | undefined
  #polledAt = Number.NEGATIVE_INFINITY
  #isPollDue = false
  #isPolling = false
  #isClosed = false

  constructor({ database, features, log, now = () => performance.now() }: HubParts) {
    this.#database = database
    this.#log = log
    this.#now = now
    const audience = {
      changed: (changes: readonly LiveChange[]) => this.#tell(changes),
      lost: () => this.#sendAll(messageFrame({ type: 'reset' }, this.#changes.reached)),
    }
    this.#changes = new ChangeLog(database, audience, now)
    this.#events = new EventWatch(database, log, now)
    this.#features = new FeatureWatch(features)
  }

  /** Streams that are open at this node. */
  get size(): number {
    return this.#streams.size
  }

  /** True from `close` on. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  async hasFeed(venueId: string, feedId: string): Promise<boolean> {
    const key = `${venueId}/${feedId}`
    if (this.#knownFeeds.get(key)) return true
    const answer = await this.#database.call('feed.get_feed', { feed_id: feedId, venue_id: venueId })
    if (answer.outcome === 'found') this.#knownFeeds.set(key, true)
    return answer.outcome === 'found'
  }

  hasEvent(venueId: string, eventId: string): Promise<boolean> {
    return this.#events.exists(venueId, eventId)
  }

  async open(subscription: Subscription): Promise<ReadableStream<Uint8Array>> {
    this.#opening += 1
    try {
      return await this.#changes.begin(subscription.after, beginning => this.#begin(subscription, beginning))
    } finally {
      this.#opening -= 1
      this.#restIfIdle()
    }
  }

  /** Something was changed through this node just now: its readers hear of it at once, those of others within a second. */
  wake(): void {
    if (this.#streams.size === 0 || this.#waking !== undefined) return
    const waitMs = Math.max(0, this.#polledAt + restMs - this.#now())
    this.#waking = setTimeout(() => {
      this.#waking = undefined
      void this.#poll()
    }, waitMs)
  }

  /** Ends all streams, and takes no more: their readers resume at another node. */
  close(): void {
    this.#isClosed = true
    for (const stream of [...this.#streams]) stream.end(jitter(departureMs))
  }

  #begin(subscription: Subscription, { cursor, changes, isReset }: Beginning): ReadableStream<Uint8Array> {
    const feeds = new Set(subscription.feeds.map(({ feedId }) => feedId))
    const stream = new LiveStream({
      feeds,
      now: this.#now(),
      onEnd: ended => {
        this.#forget(ended)
        subscription.onEnd()
      },
    })
    this.#streams.add(stream)
    this.#timer ??= setInterval(() => this.#tick(), tickMs)
    for (const feed of subscription.feeds) this.#features.join(feed, feed.features, stream)
    stream.begin(jitter(retryMs))
    for (const { feedId, features } of subscription.off) {
      stream.send(messageFrame({ type: 'features', feedId, features }, null))
    }
    if (isReset) stream.send(messageFrame({ type: 'reset' }, cursor))
    for (const change of changes) stream.take(change)
    stream.reach(cursor)
    for (const eventId of subscription.eventIds) this.#events.join(subscription.venueId, eventId, stream)
    if (this.#isClosed) stream.end(jitter(departureMs))
    return stream.body
  }

  #tick(): void {
    const now = this.#now()
    for (const stream of [...this.#streams]) stream.tick(now, this.#changes.reached)
    this.#events.tick()
    void this.#features.tick()
    void this.#poll()
  }

  /** One reading at a time; asked for during one, another follows. */
  async #poll(): Promise<void> {
    this.#isPollDue = true
    if (this.#isPolling) return
    this.#isPolling = true
    while (this.#isPollDue && this.#streams.size > 0) {
      this.#isPollDue = false
      this.#polledAt = this.#now()
      try {
        await this.#changes.poll()
      } catch (error) {
        this.#log.warn('the live stream could not read what changed', { error: String(error) })
      }
    }
    this.#isPolling = false
  }

  #tell(changes: readonly LiveChange[]): void {
    for (const change of changes) for (const stream of [...this.#streams]) stream.take(change)
  }

  #sendAll(frame: Uint8Array): void {
    for (const stream of [...this.#streams]) stream.send(frame)
  }

  #forget(stream: LiveStream): void {
    this.#streams.delete(stream)
    this.#features.leave(stream)
    this.#events.leave(stream)
    this.#restIfIdle()
  }

  #restIfIdle(): void {
    if (this.#streams.size > 0 || this.#opening > 0) return
    clearInterval(this.#timer)
    clearTimeout(this.#waking)
    this.#timer = undefined
    this.#waking = undefined
    this.#changes.clear()
    this.#events.clear()
  }
}
