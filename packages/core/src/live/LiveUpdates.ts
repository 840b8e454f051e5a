import { createId } from '../client/createId.ts'
import type { VenueKitClient } from '../client/VenueKitClient.ts'
import type { LiveMessage } from '../contracts/live.ts'
import type { VenueEvent } from '../contracts/ticketing.ts'
import type { ViewerFeeds } from '../ViewerFeeds.ts'
import { version } from '../version.ts'
import { type LiveSurroundings, pageSurroundings } from './LiveSurroundings.ts'
import { Polling } from './Polling.ts'
import { StreamReader } from './StreamReader.ts'
import type { TabNews } from './tabNews.ts'
import { isNothing, lessWants, nothing, type Wants } from './Wants.ts'

/** The calls that news take. */
export type LiveClient = Pick<VenueKitClient, 'live' | 'getEvent'>

export interface LiveSource {
  client: LiveClient
  /** Tabs of the same version, API and key share a stream. */
  apiUrl: string
  publishableKey: string
  /** The present viewer's. */
  feeds: () => ViewerFeeds
  surroundings?: LiveSurroundings
}

/** In turns of polling. */
const slowTurns = 4

type EventListener = (event: VenueEvent) => void

/**
 * News of feeds and events for one session. Of all tabs of a browser one reads the stream and tells the others; what no
 * stream covers is polled. While the page is hidden nothing runs.
 */
export class LiveUpdates {
  readonly #client: LiveClient
  readonly #scope: string
  readonly #feedsOf: () => ViewerFeeds
  readonly #surroundings: LiveSurroundings
  readonly #tab = createId()
  readonly #feeds = new Map<string, number>()
  readonly #events = new Map<string, Set<EventListener>>()
  /** Feeds whose host has switched live updates off. */
  readonly #off = new Set<string>()
  readonly #polling: Polling
  #covered: Wants = nothing
  #cursor: string | null = null
  #asked: Wants = nothing
  #channel: BroadcastChannel | null = null
  #reader: StreamReader | null = null
  #running: AbortController | null = null
  #unwatch: (() => void) | null = null

  constructor({ client, apiUrl, publishableKey, feeds, surroundings = pageSurroundings() }: LiveSource) {
    this.#client = client
    this.#scope = `venuekit-live:${JSON.stringify([version, apiUrl.replace(/\/+$/, ''), publishableKey])}`
    this.#feedsOf = feeds
    this.#surroundings = surroundings
    this.#polling = new Polling({
      uncovered: () => this.#uncovered(),
      readFeeds: (feedIds, turn) => this.#readFeeds(feedIds, turn),
      readEvent: async (eventId, signal) => {
        const { event } = await this.#client.getEvent({ params: { eventId } }, { signal })
        this.#tellEvent(event)
      },
    })
  }

  /** Keeps what is shown of the feed up to date; answers how to stop. */
  feed(feedId: string): () => void {
    this.#feeds.set(feedId, (this.#feeds.get(feedId) ?? 0) + 1)
    if (this.#feedsOf().info(feedId).snapshot.info?.features.live === false) this.#off.add(feedId)
    this.#change()
    return once(() => {
      const count = (this.#feeds.get(feedId) ?? 1) - 1
      if (count > 0) this.#feeds.set(feedId, count)
      else this.#feeds.delete(feedId)
      this.#change()
    })
  }

  /** Calls with the event when it, or what is left of it, has changed; answers how to stop. */
  event(eventId: string, listener: EventListener): () => void {
    const listeners = this.#events.get(eventId) ?? new Set()
    this.#events.set(eventId, listeners.add(listener))
    this.#change()
    return once(() => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#events.delete(eventId)
      this.#change()
    })
  }

  /** What is switched off is asked for less often, and whether it still is. */
  #readFeeds(feedIds: readonly string[], turn: number): void {
    const isDue = (feedId: string) => !this.#off.has(feedId) || turn % slowTurns === 0
    const due = feedIds.filter(isDue)
    if (due.length > 0) this.#feedsOf().commitLive({ type: 'reset' })
    for (const feedId of due) if (this.#off.has(feedId)) void this.#lookUp(feedId)
  }

  async #lookUp(feedId: string): Promise<void> {
    const info = this.#feedsOf().info(feedId)
    await info.refresh()
    this.#switch(feedId, info.snapshot.info?.features.live ?? true)
  }

  #switch(feedId: string, isOn: boolean): void {
    if (isOn) this.#off.delete(feedId)
    else this.#off.add(feedId)
    this.#change()
  }

  #uncovered(): Wants {
    const { feeds, events } = this.#covered
    const all = { feeds: [...this.#feeds.keys()], events: [...this.#events.keys()] }
    return lessWants(all, { feeds: feeds.filter(feedId => !this.#off.has(feedId)), events })
  }

  #wants(): Wants {
    const feeds = [...this.#feeds.keys()].filter(feedId => !this.#off.has(feedId))
    return { feeds, events: [...this.#events.keys()] }
  }

  /** Somebody wants something else, or the page is shown or hidden. */
  #change(): void {
    const isWanted = this.#feeds.size + this.#events.size > 0
    if (isWanted) this.#unwatch ??= this.#surroundings.watchVisible(() => this.#change())
    else {
      this.#unwatch?.()
      this.#unwatch = null
    }
    if (!isWanted || !this.#surroundings.isVisible()) this.#stop()
    else if (this.#running) this.#ask()
    else this.#start()
  }

  #start(): void {
    const { locks, openChannel } = this.#surroundings
    const running = new AbortController()
    this.#running = running
    this.#polling.start()
    if (!locks || !openChannel) return
    const channel = openChannel(this.#scope)
    this.#channel = channel
    channel.onmessage = ({ data }: MessageEvent<TabNews>) => this.#hear(data)
    this.#ask()
    const { signal } = running
    locks.request(this.#scope, { signal }, () => this.#lead(signal)).catch(() => {})
  }

  #stop(): void {
    if (!this.#running) return
    this.#post({ type: 'gone', tab: this.#tab })
    this.#running.abort()
    this.#running = null
    this.#channel?.close()
    this.#channel = null
    this.#polling.stop()
    this.#covered = nothing
  }

  /** This tab reads for all. */
  async #lead(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    const hear = {
      message: (message: LiveMessage) => this.#spread({ type: 'message', message }),
      cursor: (cursor: string) => this.#spread({ type: 'cursor', cursor }),
      covered: (wants: Wants) => this.#spread({ type: 'covered', wants }),
      ended: () => this.#gather(),
    }
    const reader = new StreamReader({ client: this.#client, hear, after: this.#cursor })
    this.#reader = reader
    this.#gather()
    await reader.read(signal)
    this.#reader = null
  }

  /** Asks everybody what they want. */
  #gather(): void {
    this.#ask()
    this.#post({ type: 'who' })
  }

  #ask(): void {
    const wants = this.#wants()
    const after = this.#after()
    this.#asked = wants
    this.#reader?.want(this.#tab, wants, after)
    this.#post({ type: 'want', tab: this.#tab, wants, after })
  }

  /** Where this tab stands; nowhere where it wants something that it did not want before. */
  #after(): string | null {
    return isNothing(lessWants(this.#wants(), this.#asked)) ? this.#cursor : null
  }

  #spread(news: TabNews): void {
    this.#post(news)
    this.#hear(news)
  }

  #post(news: TabNews): void {
    this.#channel?.postMessage(news)
  }

  #hear(news: TabNews): void {
    if (news.type === 'message') this.#take(news.message)
    else if (news.type === 'covered') this.#covered = news.wants
    else if (news.type === 'cursor') {
      if (isNothing(lessWants(this.#wants(), this.#covered))) this.#cursor = news.cursor
    } else if (news.type === 'who') this.#ask()
    else if (news.type === 'gone') this.#reader?.forget(news.tab)
    else if (this.#reader) {
      this.#reader.want(news.tab, news.wants, news.after)
      this.#post({ type: 'covered', wants: this.#reader.covered })
    }
  }

  #take(message: LiveMessage): void {
    if (message.type === 'event') {
      this.#tellEvent(message.event)
      return
    }
    const feedId = feedOf(message)
    if (feedId === null ? this.#feeds.size === 0 : !this.#feeds.has(feedId)) return
    this.#feedsOf().commitLive(message)
    if (message.type === 'features') this.#switch(message.feedId, message.features.live)
  }

  #tellEvent(event: VenueEvent): void {
    for (const listener of [...(this.#events.get(event.id) ?? [])]) listener(event)
  }
}

const feedOf = (message: LiveMessage): string | null => {
  if (message.type === 'post') return message.post.feedId
  return 'feedId' in message ? message.feedId : null
}

const once = (work: () => void): (() => void) => {
  let isDone = false
  return () => {
    if (!isDone) work()
    isDone = true
  }
}
