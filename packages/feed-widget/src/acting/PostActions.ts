import type { ClientInput, DelayedDeletion } from '@venuekit/core'
import type { FeedRow } from '../feedRow.ts'
import { codeOf, type FeedModel, problemOf, type ViewerAction } from '../model.ts'
import type { PlainMessage } from './actingMessages.ts'
import { type Bar, Bars } from './Bars.ts'

/** Longer than any page lives: the countdown here says when a deletion is sent, or the page as it goes. */
const never = 2 ** 31 - 1

export interface ActionNews {
  deleted(postId: string): void
  /** False where the page does not take care of it. */
  requireViewer(action: ViewerAction): boolean
}

export type Report = ClientInput<'reportPost'>['body']

/** What a visitor can do about posts, and the bars that tell how it went. */
export class PostActions {
  readonly #model: FeedModel
  readonly #news: ActionNews
  readonly #listeners = new Set<() => void>()
  /** Deletions that can still be undone, by their rows' keys. */
  readonly #open = new Map<string, DelayedDeletion>()
  readonly #bars = new Bars()
  #deletions = 0

  constructor(model: FeedModel, news: ActionNews) {
    this.#model = model
    this.#news = news
  }

  /** From the top. */
  get bars(): readonly Bar[] {
    return this.#bars.list
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  react({ post }: FeedRow): void {
    if (!this.#hasViewer('react')) return
    const reacted = this.#operations.setReaction(post, !post.reactions.mine)
    this.#model.track(reacted).catch(error => this.#fail('react', error))
  }

  async pin({ post }: FeedRow): Promise<void> {
    const pinned = post.pinnedAt === null
    try {
      await this.#model.track(this.#operations.pinPost(post, pinned))
      this.notice(pinned ? 'pinDone' : 'unpinDone')
    } catch (error) {
      this.#fail('pin', error)
    }
  }

  /** True where there is a viewer who may report; otherwise the page is asked for one. */
  mayReport(): boolean {
    return this.#hasViewer('report')
  }

  /** Rejects as the client does. */
  async report({ post }: FeedRow, report: Report): Promise<void> {
    try {
      await this.#model.track(this.#operations.reportPost(post, report))
    } catch (error) {
      this.#model.tell('report', error)
      throw error
    }
    this.notice('reported')
  }

  /** Takes the row away at once; the server is told when the bar that offers to undo it has gone. */
  remove(row: FeedRow, byKeys = false): void {
    const deletion = this.#operations.deletePostLater(row.post, never)
    this.#open.set(row.key, deletion)
    this.#model.setProblem(row.key, null)
    void this.#follow(row, this.#model.track(deletion.done))
    this.#show({ kind: 'deleted', count: this.#open.size, number: ++this.#deletions, byKeys })
  }

  /** Brings back what was deleted while the bar was there; answers the rows' keys. */
  undo(): string[] {
    const restored = [...this.#open].filter(([, deletion]) => deletion.undo()).map(([key]) => key)
    this.#open.clear()
    this.#close('deleted')
    return restored
  }

  /** Says something for a moment. */
  notice(message: PlainMessage, errorCode: string | null = null): void {
    this.#show({ kind: 'notice', message, errorCode })
  }

  /** A bar stays as long as it is held. */
  holdBar(kind: Bar['kind'], isHeld: boolean): void {
    this.#bars.hold(kind, isHeld)
  }

  /** Takes a bar away; what it offered to undo is sent. */
  closeBar(kind: Bar['kind']): void {
    if (kind === 'deleted') this.#flush()
    this.#close(kind)
  }

  /** The widget goes: `keep` what can still be undone for the session to decide. */
  end(keep?: 'keep'): void {
    this.#bars.stop()
    this.#listeners.clear()
    if (!keep) this.#flush()
  }

  get #operations() {
    return this.#model.session.operations
  }

  #hasViewer(action: ViewerAction): boolean {
    if (this.#model.state.viewer) return true
    if (!this.#news.requireViewer(action)) this.notice('signInFirst')
    return false
  }

  async #follow({ key, post }: FeedRow, done: Promise<boolean>): Promise<void> {
    try {
      if (await done) this.#news.deleted(post.id)
    } catch (error) {
      this.#model.setProblem(key, problemOf('delete', error))
      this.#model.tell('delete', error)
    } finally {
      this.#open.delete(key)
    }
  }

  #fail(action: ViewerAction, error: unknown): void {
    this.#model.tell(action, error)
    this.notice('actionFailed', codeOf(error))
  }

  #flush(): void {
    for (const deletion of this.#open.values()) deletion.flush()
    this.#open.clear()
  }

  #show(bar: Bar): void {
    this.#bars.show(bar, () => this.closeBar(bar.kind))
    this.#publish()
  }

  #close(kind: Bar['kind']): void {
    this.#bars.close(kind)
    this.#publish()
  }

  #publish(): void {
    for (const listener of this.#listeners) listener()
  }
}
