import { InfiniteQueryObserver } from '@tanstack/query-core'
import { createId, type VenueKit, VenueKitError } from '@venuekit/core'
import type { Post } from '@venuekit/core/contracts'
import { createDraft, type Draft } from './drafts.ts'
import type { FeedRow, RowProblem } from './feedRow.ts'
import { feedRows } from './feedRows.ts'
import type { FeedState, MoreState } from './feedState.ts'
import type { FeedMessages } from './messages.ts'

/** What the model tells the page. */
export interface FeedNews {
  posted(post: Post): void
  deleted(postId: string): void
  /** The server wants a viewer, or another token. */
  authRequired(action: RowProblem['action']): void
  failed(error: unknown): void
}

interface ModelOptions {
  venuekit: VenueKit
  feedId: string
  news: FeedNews
  /** Rows to show until the feed is there: those from before the visitor signed in. */
  placeholder?: readonly FeedRow[]
}

const observe = ({ queryClient, queries }: VenueKit, feedId: string) =>
  new InfiniteQueryObserver(queryClient, queries.feed(feedId))

type Observer = ReturnType<typeof observe>
type Result = ReturnType<Observer['getCurrentResult']>

/** One feed as one visitor sees it: its state, who listens to it, and what can be done. */
export class FeedModel {
  readonly #venuekit: VenueKit
  readonly #feedId: string
  readonly #news: FeedNews
  readonly #placeholder: readonly FeedRow[]
  readonly #observer: Observer
  readonly #listeners = new Set<() => void>()
  readonly #stop: () => void
  readonly #drafts = new Map<string, Draft>()
  readonly #problems = new Map<string, RowProblem>()
  readonly #underWay = new Set<Promise<unknown>>()
  #toldError: unknown = null
  #ended = false
  #state: FeedState

  constructor({ venuekit, feedId, news, placeholder = [] }: ModelOptions) {
    this.#venuekit = venuekit
    this.#feedId = feedId
    this.#news = news
    this.#placeholder = placeholder
    this.#observer = observe(venuekit, feedId)
    const { viewer } = venuekit
    this.#state = { phase: 'loading', errorCode: null, rows: [], more: 'none', viewer, announcement: null }
    this.#stop = this.#observer.subscribe(() => this.#sync())
    this.#sync()
  }

  get state(): FeedState {
    return this.#state
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Shows the post at once and sends it. */
  post(text: string): void {
    const { viewer } = this.#venuekit
    if (!viewer) return
    const draft = createDraft({ clientId: createId(), text, feedId: this.#feedId, viewer, createdAt: new Date() })
    void this.#send(draft)
  }

  /** Does again what failed about the row: under the same `clientId`, so that nothing comes twice. */
  retry(row: FeedRow): void {
    const draft = this.#drafts.get(row.key)
    if (row.problem?.action === 'delete') void this.#delete(row)
    else if (draft?.problem) void this.#send({ ...draft, problem: null })
  }

  /** Lets go of what failed: a post that was not sent goes, one that was not deleted stays. */
  dismiss(row: FeedRow): void {
    if (this.#drafts.get(row.key)?.problem) {
      this.#drafts.delete(row.key)
      this.#announce('discarded')
    }
    this.#problems.delete(row.key)
    this.#sync()
  }

  remove(row: FeedRow): void {
    void this.#delete(row)
  }

  /** Asks for the next page; nothing happens where there is none or it is under way. */
  loadMore(): void {
    const { more } = this.#state
    if (more !== 'idle' && more !== 'failed') return
    void this.#observer.fetchNextPage()
    this.#sync()
  }

  /** Asks for the posts that are missing under the row. */
  fillGap(row: FeedRow): void {
    if (!row.gap) return
    this.#venuekit.operations.loadGap(this.#feedId, row.gap).then(
      () => this.#sync(),
      error => this.#news.failed(error),
    )
  }

  async refresh(): Promise<void> {
    const refreshed = this.#observer.refetch()
    this.#sync()
    await refreshed
    this.#sync()
  }

  /** Resolves when everything that was done here has its answer. Never rejects. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#underWay)
  }

  /** Nothing is told or asked for any more; what is under way goes on. */
  end(): void {
    this.#ended = true
    this.#listeners.clear()
    this.#stop()
    this.#observer.destroy()
  }

  async #send(draft: Draft): Promise<void> {
    const { clientId, text } = draft
    // Last in the map is newest in the list.
    this.#drafts.delete(clientId)
    this.#drafts.set(clientId, draft)
    const posted = this.#track(this.#venuekit.operations.createPost(this.#feedId, { clientId, text }))
    this.#sync()
    try {
      const post = await posted
      this.#drafts.delete(clientId)
      this.#announce('posted')
      this.#news.posted(post)
    } catch (error) {
      this.#drafts.set(clientId, { ...draft, problem: problemOf('create', error) })
      this.#announce('postFailed')
      this.#tell('create', error)
    }
    this.#sync()
  }

  async #delete(row: FeedRow): Promise<void> {
    this.#problems.delete(row.key)
    const deleted = this.#track(this.#venuekit.operations.deletePost(row.post))
    this.#announce('deleted')
    this.#sync()
    try {
      await deleted
      this.#news.deleted(row.post.id)
    } catch (error) {
      this.#problems.set(row.key, problemOf('delete', error))
      this.#announce('deleteFailed')
      this.#tell('delete', error)
    }
    this.#sync()
  }

  #track<Result>(work: Promise<Result>): Promise<Result> {
    this.#underWay.add(work)
    return work.finally(() => this.#underWay.delete(work))
  }

  #tell(action: RowProblem['action'], error: unknown): void {
    if (this.#ended) return
    if (codeOf(error) === 'unauthorized') this.#news.authRequired(action)
    this.#news.failed(error)
  }

  #announce(message: keyof FeedMessages): void {
    const number = (this.#state.announcement?.number ?? 0) + 1
    this.#state = { ...this.#state, announcement: { message, number } }
    this.#publish()
  }

  /**
   * Reads the query's result as it is now. Actions call it themselves: query-core tells its observers in a later task,
   * and the frame after a click must not wait for that.
   */
  #sync(): void {
    if (this.#ended) return
    const result = this.#observer.getCurrentResult()
    const drafts = [...this.#drafts.values()]
    const loaded = feedRows(this.#state.rows, { data: result.data, drafts, problems: this.#problems })
    const waiting = result.data === undefined && this.#placeholder.length > 0 && !hasFailed(result)
    const rows = waiting ? [...loaded, ...this.#placeholder] : loaded
    const phase = waiting ? 'ready' : phaseOf(result)
    const errorCode = phase === 'failed' ? codeOf(result.error ?? offline) : null
    const next = { phase, errorCode, rows, more: waiting ? 'none' : moreOf(result) } as const
    this.#tellOnce(result.error)
    const { state } = this
    if (next.phase === state.phase && rows === state.rows && next.more === state.more && errorCode === state.errorCode)
      return
    this.#state = { ...state, ...next }
    this.#publish()
  }

  #tellOnce(error: unknown): void {
    if (error === null || error === this.#toldError) return
    this.#toldError = error
    this.#news.failed(error)
  }

  #publish(): void {
    for (const listener of this.#listeners) listener()
  }
}

const offline = { code: 'network' }

const hasFailed = ({ fetchStatus, isError }: Result): boolean =>
  fetchStatus === 'paused' || (isError && fetchStatus !== 'fetching')

const phaseOf = (result: Result): FeedState['phase'] => {
  if (result.data !== undefined) return 'ready'
  return hasFailed(result) ? 'failed' : 'loading'
}

const moreOf = (result: Result): MoreState => {
  if (!result.hasNextPage) return 'none'
  if (result.isFetchingNextPage) return 'loading'
  return result.isFetchNextPageError ? 'failed' : 'idle'
}

/** The same again would be refused again. */
const final = new Set(['invalid_request', 'payload_too_large', 'idempotency_conflict', 'limit_exceeded'])

const problemOf = (action: RowProblem['action'], error: unknown): RowProblem => {
  const code = codeOf(error)
  return { action, code, canRetry: !final.has(code) }
}

const codeOf = (error: unknown): string =>
  error instanceof VenueKitError ? error.code : error === offline ? 'network' : 'internal'
