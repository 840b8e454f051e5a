import { InfiniteQueryObserver, QueryClient } from '@tanstack/query-core'
import { expect } from 'vitest'
import type { Post } from '../../src/contracts/index.ts'
import {
  createClient,
  createVenueKit,
  type FeedPost,
  type FeedReader,
  renderKey,
  type VenueKit,
  type VenueKitClient,
} from '../../src/index.ts'
import { isEqualJson } from '../../src/operations/isEqualJson.ts'
import { turn } from '../turn.ts'
import { GatedFetch, type GatedRequest } from './GatedFetch.ts'

/** A running server, wherever it is: in this process, or behind an address. */
export interface RaceServer {
  apiUrl: string
  publishableKey: string
  fetch: (request: Request) => Response | Promise<Response>
  /** A bearer that the server takes for that viewer; of a moderator's where it is one. */
  tokenOf: (viewerId: string, isModerator: boolean) => string
  /** A new and empty feed; answers its id. */
  createFeed: () => Promise<string>
}

let number = 0

/**
 * A feed on a real server with posts by others, a page on which a viewer reads it three at a time, and a gate between
 * the two. Others reach the server past the gate.
 */
export class RaceStage {
  readonly feedId: string
  readonly gate: GatedFetch
  readonly venuekit: VenueKit
  readonly queryClient = new QueryClient()
  readonly clock = { now: Date.now() }
  readonly other: VenueKitClient
  readonly moderator: VenueKitClient
  /** Rows that were made anew though they say the same, and posts whose key changed. */
  readonly faults: string[] = []
  readonly #anybody: VenueKitClient
  readonly #reader: FeedReader
  readonly #stops: (() => void)[] = []
  #before = new Map<string, FeedPost>()
  readonly #keys = new Map<string, string>()

  private constructor(server: RaceServer, feedId: string) {
    const { apiUrl, publishableKey, fetch } = server
    const key = ++number
    const clientOf = (viewerId: string, isModerator = false) => {
      const getToken = viewerId ? () => server.tokenOf(`${viewerId}_${key}`, isModerator) : null
      return createClient({ apiUrl, publishableKey, fetch, getToken })
    }
    this.feedId = feedId
    this.other = clientOf('bob')
    this.moderator = clientOf('mod', true)
    this.#anybody = clientOf('')
    this.gate = new GatedFetch(fetch)
    this.venuekit = createVenueKit({
      apiUrl,
      publishableKey,
      fetch: this.gate.fetch,
      viewer: { id: `ada_${key}`, name: 'Ada' },
      getToken: () => server.tokenOf(`ada_${key}`, false),
      queryClient: this.queryClient,
      now: () => this.clock.now,
    })
    this.#reader = this.venuekit.session.feed(feedId, { limit: 3 })
  }

  /** With those posts, oldest first, and that many pages loaded. The gate is open. */
  static async open(server: RaceServer, posts: number, pages = 1): Promise<RaceStage> {
    const stage = new RaceStage(server, await server.createFeed())
    for (let count = 1; count <= posts; count++) await stage.otherPosts(`post ${count}`)
    stage.#stops.push(stage.#reader.subscribe(() => stage.#compare()))
    await stage.#reader.refresh()
    for (let page = 1; page < pages; page++) await stage.#reader.loadMore()
    return stage
  }

  /** What is called when the stage closes. */
  onClose(stop: () => void): void {
    this.#stops.push(stop)
  }

  close(): void {
    for (const stop of this.#stops) stop()
    this.venuekit.close()
    this.queryClient.clear()
  }

  get operations() {
    return this.venuekit.operations
  }

  rows(): FeedPost[] {
    return this.#reader.snapshot.data?.pages.flatMap(page => [...page.items]) ?? []
  }

  /** Rows that say the same as before are the same objects, and a post keeps its key. */
  #compare(): void {
    const rows = new Map(this.rows().map(row => [renderKey(row), row]))
    for (const [key, row] of rows) {
      const before = this.#before.get(key)
      if (before && before !== row && isEqualJson(before, row)) this.faults.push(`${row.text}: made anew`)
      const known = this.#keys.get(row.id)
      if (known !== undefined && known !== key) this.faults.push(`${row.text}: another key`)
      this.#keys.set(row.id, key)
    }
    this.#before = rows
  }

  row(text: string): FeedPost {
    const found = this.rows().find(row => row.text === text)
    if (!found) throw new Error(`No row says ${text}.`)
    return found
  }

  texts(): string[] {
    return this.rows().map(({ text, pending }) => (pending ? `(${text})` : text))
  }

  /** What is on the screen once nothing more happens by itself. */
  async shows(...texts: string[]): Promise<void> {
    for (const deadline = Date.now() + 20_000; Date.now() < deadline; await turn()) {
      await turn()
      if (this.texts().join() === texts.join()) break
    }
    expect(this.texts()).toEqual(texts)
  }

  async post(text: string, clientId?: string): Promise<{ request: GatedRequest; posted: Promise<unknown> }> {
    const draft = clientId === undefined ? { text } : { text, clientId }
    const posted = this.operations.createPost(this.feedId, draft).catch((error: unknown) => error)
    return { posted, request: await this.gate.next('create') }
  }

  async remove(text: string): Promise<{ request: GatedRequest; removed: Promise<unknown> }> {
    const removed = this.operations.deletePost(this.row(text)).catch((error: unknown) => error)
    return { removed, request: await this.gate.next('delete') }
  }

  react(text: string, reacted: boolean): Promise<unknown> {
    return this.operations.setReaction(this.row(text), reacted).catch((error: unknown) => error)
  }

  /** Asks for the head again. */
  refetch(): Promise<GatedRequest> {
    const before = new Set(this.gate.held)
    void this.#reader.refresh()
    return this.gate.next('list', before)
  }

  loadMore(): Promise<GatedRequest> {
    const before = new Set(this.gate.held)
    void this.#reader.loadMore()
    return this.gate.next('list', before)
  }

  async otherPosts(text: string): Promise<Post> {
    const body = { clientId: crypto.randomUUID(), text }
    return (await this.other.createPost({ params: { feedId: this.feedId }, body })).post
  }

  /** The stream tells of the post, as it tells everybody. */
  async hears(text: string): Promise<void> {
    const { items } = await this.#anybody.listPosts({ params: { feedId: this.feedId }, query: { limit: 100 } })
    const post = items.find(item => item.text === text)
    if (!post) throw new Error(`Nobody posted ${text}.`)
    this.venuekit.session.feeds.commitLive({ type: 'post', post })
  }

  /** The stream tells that the post is gone. */
  hearsOfRemoval({ id: postId, clientId }: Pick<Post, 'id' | 'clientId'>): void {
    this.venuekit.session.feeds.commitLive({ type: 'post_removed', feedId: this.feedId, postId, clientId })
  }

  /** A host's own observer of the same feed, with what it does to the data. */
  observe(change: object): InfiniteQueryObserver {
    const options = { ...this.venuekit.queries.feed(this.feedId, { limit: 3 }), ...change }
    const observer = new InfiniteQueryObserver(this.queryClient, options)
    this.#stops.push(observer.subscribe(() => {}))
    return observer as unknown as InfiniteQueryObserver
  }

  /** What the server has in the end. */
  async stored(): Promise<string[]> {
    const { items } = await this.#anybody.listPosts({ params: { feedId: this.feedId }, query: { limit: 100 } })
    return items.map(({ text }) => text)
  }
}
