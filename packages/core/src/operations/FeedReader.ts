import type { Connection } from './Connection.ts'
import type { FeedData } from './FeedList.ts'
import type { FeedLists, ListPage } from './FeedLists.ts'
import { HeldPosts } from './HeldPosts.ts'
import { watchReturn } from './watchReturn.ts'

/** How long what was listed passes for fresh. */
export const freshForMs = 30_000
/** How long pages are kept that nobody reads. */
const keptForMs = 300_000

/** What a reader knows at one moment; the same object until some of it changes. */
export interface FeedSnapshot {
  /** The pages with this viewer's operations in them; null before the first one came. */
  readonly data: FeedData | null
  /** New posts by others that are kept from `data` while `hold` is on. */
  readonly heldCount: number
  /** The head is being read. */
  readonly isRefreshing: boolean
  /** Below the last page: nothing, a page to load, one on its way, or one that failed to come. */
  readonly more: 'none' | 'idle' | 'loading' | 'failed'
  /** Why the last reading failed, mostly a `VenueKitError`; null once one succeeds. */
  readonly error: unknown
  /** The server cannot be reached just now: what was done here waits, and is sent when it can. */
  readonly isOffline: boolean
}

interface FeedSource {
  lists: FeedLists
  connection: Connection
  /** The list's key among `lists`. */
  key: string
  feedId: string
  /** Whose own posts are never held back. */
  viewerId: string | null
  listPage: (signal: AbortSignal) => ListPage
  /** Keeps the feed up to date while it is shown; answers how to stop. */
  follow: () => () => void
}

interface Reading {
  controller: AbortController
  done: Promise<void>
}

/**
 * Reads one list of a feed while somebody subscribes: at once where it is not fresh, and again when the visitor comes
 * back to the page or the network. What it shows is the log's fold, so an operation is there in the same turn.
 */
export class FeedReader {
  readonly #source: FeedSource
  readonly #listeners = new Set<() => void>()
  readonly #readings = new Map<'head' | 'further', Reading>()
  readonly #held: HeldPosts
  #stops: readonly (() => void)[] = []
  #keeping: ReturnType<typeof setTimeout> | undefined
  #error: unknown = null
  #furtherFailed = false
  #closed = false
  #unfollow: (() => void) | null = null
  #snapshot: FeedSnapshot = {
    data: null,
    heldCount: 0,
    isRefreshing: false,
    more: 'none',
    error: null,
    isOffline: false,
  }
  #told = this.#snapshot

  constructor(source: FeedSource) {
    this.#source = source
    this.#held = new HeldPosts(source.viewerId)
  }

  get snapshot(): FeedSnapshot {
    const { lists, key, connection } = this.#source
    const { data, count } = this.#held.view(lists.data(key))
    const isRefreshing = this.#readings.has('head')
    const { isOffline } = connection
    const next = { data, heldCount: count, isRefreshing, more: this.#moreOf(data), error: this.#error, isOffline }
    if (!isSame(this.#snapshot, next)) this.#snapshot = next
    return this.#snapshot
  }

  /** Calls after a change of `snapshot`; answers how to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    if (this.#listeners.size === 1) this.#open()
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#rest()
    }
  }

  /** Reads the head anew and merges it; pages below stay. Never rejects: see `error`. */
  refresh(): Promise<void> {
    const underWay = this.#readings.get('head')
    // One that began before may not show what the caller knows of; where nothing is shown yet, it will do.
    if (underWay && this.snapshot.data === null) return underWay.done
    return this.#read('head', null)
  }

  /** Loads the next page; nothing happens where there is none, or it is on its way. Never rejects: see `error`. */
  async loadMore(): Promise<void> {
    const cursor = cursorOf(this.snapshot.data)
    if (cursor !== null) await (this.#readings.get('further')?.done ?? this.#read('further', cursor))
  }

  /**
   * While it is on, new posts by others are counted instead of shown, so that nothing moves under a reader's eyes.
   * The viewer's own always show.
   */
  hold(isHolding: boolean): void {
    this.#held.hold(isHolding)
    this.#tell()
  }

  /** Shows the posts that are held back, and goes on holding those that come later. */
  showHeld(): void {
    this.#held.release()
    this.#tell()
  }

  /** Reads no more, for good: its viewer has gone. */
  close(): void {
    this.#closed = true
    this.#stop()
    clearTimeout(this.#keeping)
  }

  #open(): void {
    if (this.#closed) return
    const { lists, key, connection } = this.#source
    clearTimeout(this.#keeping)
    lists.hold(key, this)
    const refreshIfOld = () => {
      if (lists.ageMs(key) >= freshForMs && !this.#readings.has('head')) void this.refresh()
    }
    this.#stops = [
      lists.subscribe(changed => void (changed === key && this.#tell())),
      connection.subscribe(() => this.#tell()),
      watchReturn(how => void (how === 'online' && this.#error ? this.refresh() : refreshIfOld())),
    ]
    refreshIfOld()
    this.#follow()
  }

  /** Once there is something to see: the live part loads on demand. */
  #follow(): void {
    if (this.snapshot.data) this.#unfollow ??= this.#source.follow()
  }

  /** Nobody reads: requests end, and the pages go unless somebody comes back soon. */
  #rest(): void {
    this.#stop()
    const { lists, key } = this.#source
    if (!this.#closed) this.#keeping = setTimeout(() => lists.release(key, this), keptForMs)
  }

  #stop(): void {
    for (const stop of this.#stops) stop()
    this.#stops = []
    this.#unfollow?.()
    this.#unfollow = null
    for (const { controller } of this.#readings.values()) controller.abort()
    this.#readings.clear()
  }

  async #read(part: 'head' | 'further', cursor: string | null): Promise<void> {
    if (this.#listeners.size === 0 || this.#closed) return
    this.#readings.get(part)?.controller.abort()
    const controller = new AbortController()
    const reading = { controller, done: this.#load(part, cursor, controller.signal) }
    this.#readings.set(part, reading)
    this.#tell()
    await reading.done
    const present = this.#readings.get(part)
    // Another one took its place: who waits for this one wants what that one brings.
    if (present && present !== reading) return present.done
    this.#readings.delete(part)
    this.#tell()
  }

  async #load(part: 'head' | 'further', cursor: string | null, signal: AbortSignal): Promise<void> {
    const { lists, key, feedId, listPage, connection } = this.#source
    try {
      await lists.load(key, feedId, cursor, listPage(signal), signal)
      connection.note(null)
      this.#error = null
      this.#furtherFailed = false
      this.#follow()
    } catch (error) {
      if (signal.aborted) return
      connection.note(error)
      this.#error = error
      if (part === 'further') this.#furtherFailed = true
    }
  }

  #moreOf(data: FeedData | null): FeedSnapshot['more'] {
    if (cursorOf(data) === null) return 'none'
    if (this.#readings.has('further')) return 'loading'
    return this.#furtherFailed ? 'failed' : 'idle'
  }

  #tell(): void {
    const { snapshot } = this
    if (snapshot === this.#told) return
    this.#told = snapshot
    for (const listener of [...this.#listeners]) listener()
  }
}

const isSame = (one: FeedSnapshot, other: FeedSnapshot): boolean =>
  one.data === other.data &&
  one.heldCount === other.heldCount &&
  one.isRefreshing === other.isRefreshing &&
  one.more === other.more &&
  one.error === other.error &&
  one.isOffline === other.isOffline

/** Where the next page begins; null where there is none. */
const cursorOf = (data: FeedData | null): string | null => data?.pages.at(-1)?.nextCursor ?? null
