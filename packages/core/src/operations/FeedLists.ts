import type { Post } from '../contracts/feed.ts'
import { type FeedData, FeedList } from './FeedList.ts'
import type { FeedGap, FeedPage } from './FeedPage.ts'
import type { OperationLog } from './OperationLog.ts'
import type { Entry, Sighting } from './operation.ts'
import { ToldPosts } from './ToldPosts.ts'

/** Lists a page of a feed from the server. */
export type ListPage = (cursor: string | null) => Promise<FeedPage>

/**
 * All lists of feeds that are loaded, by their key as text, with the log folded in. Several may read one list, such as
 * a query cache and a widget: it stays until the last of them lets go.
 */
export class FeedLists {
  readonly #log: OperationLog
  readonly #canDelete: (post: Post) => boolean
  readonly #told = new ToldPosts()
  /** Live posts that wait for the answer to a reaction of the viewer's, by id. */
  readonly #waiting = new Map<string, Post>()
  readonly #lists = new Map<string, FeedList>()
  readonly #holders = new Map<string, Set<object>>()
  readonly #listeners = new Set<(key: string) => void>()

  /** `canDelete` answers for a post that no answer to the viewer has told of. */
  constructor(log: OperationLog, canDelete: (post: Post) => boolean = () => false) {
    this.#log = log
    this.#canDelete = canDelete
    log.subscribe(feedId => {
      for (const post of this.#waiting.values()) if (post.feedId === feedId) this.commitLive(post)
      this.keysOf(feedId).forEach(key => void this.#tell(key))
    })
  }

  /**
   * A page for a reader: the head is listed and merged; a page that is loaded already comes from here, so that a
   * refetch of many pages costs one request; a further page is listed.
   */
  async load(
    key: string,
    feedId: string,
    param: string | null,
    listPage: ListPage,
    signal: AbortSignal,
  ): Promise<FeedPage> {
    let fetched: FeedPage = { items: [], nextCursor: null }
    if (param === null || !this.#lists.get(key)?.has(param)) {
      const begun = this.#log.mark()
      const page = await listPage(param)
      // Whoever asked has gone and takes nothing from this fetch, and neither do we.
      signal.throwIfAborted()
      this.#take(key, feedId, list => list.commit(param, page, begun))
      fetched = page
    }
    const data = this.data(key)
    return data?.pages[data.pageParams.indexOf(param)] ?? fetched
  }

  /** Lists what a gap hides. A gap that is larger than a page moves down. */
  async loadGap(key: string, gap: FeedGap, listPage: ListPage): Promise<void> {
    const list = this.#lists.get(key)
    if (!list) return
    const begun = this.#log.mark()
    const page = await listPage(gap.cursor)
    if (this.#lists.get(key) === list) this.#take(key, list.feedId, found => found.commitGap(gap, page, begun))
  }

  /** Takes in a post as the server answered it to this viewer. */
  commitPost(post: Post): void {
    if (!this.#told.tell(post, this.#log.mark())) return
    this.#change(post.feedId, list => list.put(post))
  }

  /**
   * Takes in a post as a live message tells it, the same to every viewer: what is the viewer's own stays as it was.
   * While a reaction of theirs is under way nobody knows whether it is counted: then the post waits for its answer.
   */
  commitLive(post: Post): void {
    const isReacting = ({ op }: Entry) =>
      op.kind === 'react' && (op.postId === post.id || op.clientId === post.clientId)
    const waiting = this.#waiting.get(post.id)
    const newest = waiting && waiting.version > post.version ? waiting : post
    if (this.#log.ofFeed(post.feedId).some(isReacting)) return void this.#waiting.set(post.id, newest)
    this.#waiting.delete(post.id)
    const known = this.#known(post)
    const mine = known?.reactions.mine ?? false
    const canDelete = known?.canDelete ?? this.#canDelete(post)
    this.commitPost({ ...newest, reactions: { ...newest.reactions, mine }, canDelete })
  }

  /** Takes in that a post is no more. */
  dropPost(feedId: string, postId: string): void {
    this.#waiting.delete(postId)
    this.#told.remove(feedId, postId, this.#log.mark())
    this.#change(feedId, list => list.drop(postId))
  }

  /** Takes in that news were lost: until its head is listed again, no list is fresh. */
  doubt(): void {
    const mark = this.#log.mark()
    for (const list of this.#lists.values()) list.doubt(mark)
  }

  /** What that list shows; null where nothing is loaded. */
  data(key: string): FeedData | null {
    const list = this.#lists.get(key)
    return list?.fold(this.#log.unsettled(list.feedId, key)) ?? null
  }

  /** How long ago the head was asked for, in ms. */
  ageMs(key: string): number {
    const list = this.#lists.get(key)
    const head = list?.isDoubted ? null : list?.head
    return head ? this.#log.now() - head.at : Number.POSITIVE_INFINITY
  }

  /** Keeps the list, from now on or from when it is loaded, until the holder releases it. */
  hold(key: string, holder: object): void {
    this.#holders.set(key, (this.#holders.get(key) ?? new Set()).add(holder))
  }

  /** Lets go of a list; one that nobody holds is forgotten. */
  release(key: string, holder: object): void {
    const holders = this.#holders.get(key)
    holders?.delete(holder)
    if (holders?.size) return
    this.#holders.delete(key)
    const list = this.#lists.get(key)
    this.#lists.delete(key)
    if (list && this.keysOf(list.feedId).length === 0) this.#log.sweep(list.feedId)
  }

  /** Calls with the key of a list that may show something else now, by a fetch or an operation. */
  subscribe(listener: (key: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  keysOf(feedId: string): string[] {
    return [...this.#lists].filter(([, list]) => list.feedId === feedId).map(([key]) => key)
  }

  #take(key: string, feedId: string, commit: (list: FeedList) => Sighting | null): void {
    const list = this.#lists.get(key) ?? new FeedList(feedId, this.#told)
    const sighting = commit(list)
    if (!sighting) return
    this.#lists.set(key, list)
    this.#log.settle(feedId, key, this.keysOf(feedId), sighting)
    this.#tell(key)
  }

  /** The post as the viewer was last told of it. */
  #known(post: Post): Post | null {
    const acks = this.#log.ofFeed(post.feedId).map(({ ack }) => (ack?.post?.id === post.id ? ack.post : null))
    const rows = [...this.#lists.values()].map(list => list.find(post.id))
    const all = [this.#told.find(post.id), ...rows, ...acks].filter(known => known !== null)
    return all.toSorted((one, other) => other.version - one.version)[0] ?? null
  }

  #change(feedId: string, work: (list: FeedList) => boolean): void {
    for (const key of this.keysOf(feedId)) {
      const list = this.#lists.get(key)
      if (list && work(list)) this.#tell(key)
    }
  }

  #tell(key: string): void {
    for (const listener of [...this.#listeners]) listener(key)
  }
}
