import {
  createId,
  type FeedInfoReader,
  type FeedReader,
  type FeedSnapshot,
  type Session,
  VenueKitError,
} from '@venuekit/core'
import type { Post } from '@venuekit/core/contracts'
import { createDraft, type Draft, type DraftMedia } from './drafts.ts'
import type { FeedRow, RowProblem } from './feedRow.ts'
import { feedRows } from './feedRows.ts'
import type { FeedState } from './feedState.ts'
import type { FeedMessages } from './messages.ts'

/** What a visitor wants to do that needs a viewer. */
export type ViewerAction = 'create' | 'delete' | 'react' | 'pin' | 'report'

/** What the model tells the page. */
export interface FeedNews {
  posted(post: Post): void
  /** The server wants a viewer, or another token. */
  authRequired(action: ViewerAction): void
  failed(error: unknown): void
}

interface ModelOptions {
  session: Session
  feedId: string
  news: FeedNews
  /** Rows to show until the feed is there: those from before the visitor signed in. */
  placeholder?: readonly FeedRow[]
}

/** One feed as one visitor sees it: its state, who listens to it, and what can be done. */
export class FeedModel {
  readonly session: Session
  readonly feedId: string
  readonly #news: FeedNews
  readonly #placeholder: readonly FeedRow[]
  readonly #reader: FeedReader
  readonly #listeners = new Set<() => void>()
  readonly #stop: () => void
  readonly #drafts = new Map<string, Draft>()
  readonly #problems = new Map<string, RowProblem>()
  readonly #previews = new Map<string, string>()
  readonly #underWay = new Set<Promise<unknown>>()
  #toldError: unknown = null
  #ended = false
  #state: FeedState

  constructor({ session, feedId, news, placeholder = [] }: ModelOptions) {
    this.session = session
    this.feedId = feedId
    this.#news = news
    this.#placeholder = placeholder
    this.#reader = session.feed(feedId)
    const { viewer } = session
    this.#state = { phase: 'loading', errorCode: null, rows: [], more: 'none', viewer, ...atRest }
    this.#stop = this.#reader.subscribe(() => this.#sync())
    this.#sync()
  }

  get state(): FeedState {
    return this.#state
  }

  /** What the feed offers and allows. */
  get info(): FeedInfoReader {
    return this.session.feedInfo(this.feedId)
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Shows the post at once and sends it. The addresses of previews are the model's from now on. */
  post(text: string, media: readonly DraftMedia[] = []): void {
    const { viewer } = this.session
    if (!viewer) return
    for (const { item, previewUrl } of media) if (previewUrl !== null) this.#previews.set(item.id, previewUrl)
    const clientId = createId()
    this.#state = { ...this.#state, written: clientId }
    void this.#send(createDraft({ clientId, text, media, feedId: this.feedId, viewer, createdAt: new Date() }))
  }

  /** What to show of a media item of one's own until the server's can be shown. */
  previewOf(mediaId: string): string | null {
    return this.#previews.get(mediaId) ?? null
  }

  /** The server's own is shown: the preview is needed no more. */
  dropPreview(mediaId: string): void {
    URL.revokeObjectURL(this.#previews.get(mediaId) ?? '')
    this.#previews.delete(mediaId)
  }

  /** Does again what failed about the row: under the same `clientId`, so that nothing comes twice. */
  retry(row: FeedRow): void {
    const draft = this.#drafts.get(row.key)
    if (draft?.problem) void this.#send({ ...draft, problem: null })
  }

  /** Lets go of what failed: a post that was not sent goes, one that was not deleted stays. */
  dismiss(row: FeedRow): void {
    const draft = this.#drafts.get(row.key)
    if (draft?.problem) {
      this.#drafts.delete(row.key)
      for (const media of draft.media) {
        media.discard()
        this.dropPreview(media.item.id)
      }
      this.announce(messages => messages.discarded)
    }
    this.setProblem(row.key, null)
  }

  /** Says in its row what went wrong with a stored post. */
  setProblem(key: string, problem: RowProblem | null): void {
    if (problem) this.#problems.set(key, problem)
    else this.#problems.delete(key)
    this.#sync()
  }

  /** While somebody reads, new posts by others are counted and not shown. */
  hold(isReading: boolean): void {
    this.#reader.hold(isReading)
  }

  showHeld(): void {
    this.#reader.showHeld()
  }

  /** Asks for the next page; nothing happens where there is none or it is under way. */
  loadMore(): void {
    void this.#reader.loadMore()
  }

  /** Asks for the posts that are missing under the row. */
  fillGap(row: FeedRow): void {
    if (!row.gap) return
    this.session.operations.loadGap(this.feedId, row.gap).catch(error => this.#news.failed(error))
  }

  refresh(): Promise<void> {
    return this.#reader.refresh()
  }

  /** Resolves when everything that was done here has its answer. Never rejects. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#underWay)
  }

  /** Nothing is told or asked for any more; what is under way goes on. */
  end(): void {
    this.#ended = true
    for (const mediaId of this.#previews.keys()) this.dropPreview(mediaId)
    this.#listeners.clear()
    this.#stop()
  }

  async #send(draft: Draft): Promise<void> {
    const { clientId, text, media } = draft
    // Last in the map is newest in the list.
    this.#drafts.delete(clientId)
    this.#drafts.set(clientId, draft)
    const withMedia = media[0] && { media: media.map(({ named }) => named), preview: media.map(({ item }) => item) }
    const posted = this.track(this.session.operations.createPost(this.feedId, { clientId, text, ...withMedia }))
    this.#sync()
    try {
      const post = await posted
      this.#drafts.delete(clientId)
      this.announce(messages => messages.posted)
      this.#news.posted(post)
    } catch (error) {
      this.#drafts.set(clientId, { ...draft, problem: problemOf('create', error) })
      this.announce(messages => messages.postFailed)
      this.tell('create', error)
    }
    this.#sync()
  }

  /** What `settled` waits for. */
  track<Result>(work: Promise<Result>): Promise<Result> {
    this.#underWay.add(work)
    return work.finally(() => this.#underWay.delete(work))
  }

  /** Tells the page that something failed. */
  tell(action: ViewerAction, error: unknown): void {
    if (this.#ended) return
    if (codeOf(error) === 'unauthorized') this.#news.authRequired(action)
    this.#news.failed(error)
  }

  /** Tells it to who cannot see it. */
  announce(say: (messages: FeedMessages) => string): void {
    const number = (this.#state.announcement?.number ?? 0) + 1
    this.#state = { ...this.#state, announcement: { say, number } }
    this.#publish()
  }

  #sync(): void {
    if (this.#ended) return
    const { snapshot } = this.#reader
    const { data, heldCount, isOffline } = snapshot
    const drafts = [...this.#drafts.values()]
    const loaded = feedRows(this.#state.rows, { data, drafts, problems: this.#problems, isOffline })
    const phaseRead = phaseOf(snapshot)
    const waiting = phaseRead === 'loading' && this.#placeholder.length > 0
    const rows = waiting ? [...loaded, ...this.#placeholder] : loaded
    const phase = waiting ? 'ready' : phaseRead
    const errorCode = phase === 'failed' ? codeOf(snapshot.error) : null
    const next: FeedState = { ...this.#state, phase, errorCode, rows, more: snapshot.more, heldCount, isOffline }
    this.#tellOnce(snapshot.error)
    const names = Object.keys(next) as (keyof FeedState)[]
    if (names.every(name => next[name] === this.#state[name])) return
    this.#state = next
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

const atRest = { announcement: null, written: null, heldCount: 0, isOffline: false } as const

const phaseOf = ({ data, error, isRefreshing }: FeedSnapshot): FeedState['phase'] => {
  if (data) return 'ready'
  return error !== null && !isRefreshing ? 'failed' : 'loading'
}

/** The same again would be refused again. */
const final = new Set([
  'invalid_request',
  'payload_too_large',
  'idempotency_conflict',
  'limit_exceeded',
  'media_rejected',
])

export const problemOf = (action: RowProblem['action'], error: unknown): RowProblem => {
  const code = codeOf(error)
  return { action, code, canRetry: !final.has(code) }
}

export const codeOf = (error: unknown): string => (error instanceof VenueKitError ? error.code : 'internal')
