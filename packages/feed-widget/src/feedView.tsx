import { createSession, deviceOutbox, type GetToken, type Session, type Viewer } from '@venuekit/core'
import { type ElementView, MissingAttribute, shareClient, type Translation } from '@venuekit/core/element'
import { render } from 'preact'
import type { PostActions } from './acting/PostActions.ts'
import { type FeedEvents, type FeedHost, tag } from './api.ts'
import type { FeedRow } from './feedRow.ts'
import { englishMessages, type Messages } from './messages.ts'
import { FeedModel, type ViewerAction } from './model.ts'
import { createTicker } from './ticker.ts'
import { Feed } from './view/Feed.tsx'
import type { Acting, FeedSurface, Writing } from './view/feedContext.ts'

const relativeTimesEveryMs = 30_000

const loadWriting = () => import('./view/writing.ts')
const ignore = () => {}

/** A model on a session that may be shared with the page and with other widgets. */
interface Connection {
  model: FeedModel
  /** Null until it has loaded. */
  actions: PostActions | null
  /** `now`: what is under way is given up too, because its visitor has gone. */
  end(now?: 'now'): void
}

/** One life of the widget: joins the element, its model and what is painted. */
export class FeedView implements ElementView {
  readonly #host: FeedHost
  readonly #root: HTMLElement
  readonly #translation: Translation<Messages>
  readonly #ticker = createTicker(relativeTimesEveryMs)
  #connection: Connection
  #writing: Writing | null = null
  #acting: Acting | null = null
  #loading: Promise<void> | null = null
  #ended = false
  #surface: FeedSurface

  constructor(host: FeedHost, root: HTMLElement, translation: Translation<Messages>) {
    this.#host = host
    this.#root = root
    this.#translation = translation
    this.#connection = this.#connect([])
    this.#surface = this.#createSurface()
    this.#show()
  }

  update(changed: ReadonlySet<string>): void {
    if (changed.has('viewer')) this.#changeViewer()
    this.#show()
  }

  async refresh(): Promise<void> {
    await this.#connection.model.refresh()
  }

  destroy(): void {
    this.#ended = true
    this.#connection.end()
    render(null, this.#root)
  }

  /** Somebody signs in or out. Who signs in goes on reading what is there until their own view of it has come. */
  #changeViewer(): void {
    const { client, viewer: wanted } = this.#host
    const { viewer } = this.#connection.model.state
    if (viewer?.id === wanted?.id || (client && !wanted)) return
    this.#reconnect()
  }

  /** The page has changed the viewer of its own client. */
  #follow(): void {
    this.#reconnect()
    this.#show()
  }

  #reconnect(): void {
    const { model } = this.#connection
    const { viewer, rows } = model.state
    this.#connection.end('now')
    if (viewer) loadWriting().then(({ writing }) => writing.forgetText(model.feedId), ignore)
    this.#connection = this.#connect(viewer ? [] : rows)
  }

  #connect(placeholder: readonly FeedRow[]): Connection {
    const { feedId, client, viewer } = this.#host
    if (!feedId) throw missing('feed-id')
    const { session, release, leave } = client ? borrowed(client, viewer) : shared(this.#host)
    const model = new FeedModel({ session, feedId, placeholder, news: this.#news() })
    const stops = [
      model.subscribe(() => this.#paint()),
      model.info.subscribe(() => this.#show()),
      session.subscribe(() => this.#follow()),
    ]
    const connection: Connection = {
      model,
      actions: null,
      end: now => {
        for (const stop of stops) stop()
        connection.actions?.end(now && 'keep')
        model.end()
        if (now) leave()
        else void model.settled().then(release)
      },
    }
    return connection
  }

  #news() {
    const host = this.#host
    return {
      posted: (post: FeedEvents['venuekit-post-created']['post']) => void host.emit('venuekit-post-created', { post }),
      authRequired: (action: ViewerAction) => void this.#requireViewer(action),
      failed: (error: unknown) => host.emitError(error),
    }
  }

  /** True where the page takes care of it. */
  #requireViewer(action: ViewerAction): boolean {
    return !this.#host.emit('venuekit-auth-required', { action }, { cancelable: true })
  }

  #actions(): PostActions | null {
    const { model, actions } = this.#connection
    this.#connection.actions =
      actions ??
      this.#acting?.createActions(model, {
        deleted: postId => void this.#host.emit('venuekit-post-deleted', { postId }),
        requireViewer: action => this.#requireViewer(action),
      }) ??
      null
    return this.#connection.actions
  }

  #createSurface(): FeedSurface {
    const { locale, direction, messages } = this.#translation
    const { model } = this.#connection
    return {
      model,
      actions: this.#actions(),
      acting: this.#acting?.parts ?? null,
      offer: model.info.snapshot,
      messages: { ...englishMessages, ...messages, ...this.#host.messages },
      locale,
      storage: this.#host.storage,
      direction,
      ticker: this.#ticker,
      writing: this.#writing,
      loadWriting: () => void this.#loadWriting(),
      addStyles: styles => this.#host.addStyles(styles),
      requireViewer: () => this.#requireViewer('create'),
    }
  }

  /** Whoever waits for the composer with the focus on its place gets the focus into it. */
  async #loadWriting(): Promise<void> {
    if (this.#writing) return
    try {
      const { writing } = await loadWriting()
      if (this.#ended || this.#writing) return
      this.#writing = writing
    } catch (error) {
      this.#host.emitError(error)
      return
    }
    this.#surface = this.#createSurface()
    const waits = this.#root.querySelector('.shell:focus') !== null
    this.#paint()
    if (waits) this.#root.querySelector('textarea')?.focus()
  }

  /** After the first posts: nothing of it is needed to read them. */
  async #loadActing(): Promise<void> {
    try {
      const { acting } = await import('./acting/acting.ts')
      if (this.#ended) return
      this.#host.addStyles(acting.styles)
      this.#acting = acting
      this.#show()
    } catch (error) {
      this.#loading = null
      this.#host.emitError(error)
    }
  }

  #show(): void {
    this.#surface = this.#createSurface()
    this.#paint()
    if (this.#connection.model.state.viewer) void this.#loadWriting()
  }

  #paint(): void {
    const { state } = this.#connection.model
    render(<Feed state={state} surface={this.#surface} />, this.#root)
    if (state.rows.length > 0 || state.isOffline) this.#loading ??= this.#loadActing()
  }
}

interface Holding {
  session: Session
  release(): void
  /** As `release`, for a visitor who has gone. */
  leave(): void
}

const borrowed = (client: NonNullable<FeedHost['client']>, viewer: Viewer | null): Holding => {
  const session = 'session' in client ? client.session : client
  if (viewer) session.setViewer(viewer)
  return { session, release: () => {}, leave: () => {} }
}

const shared = (host: FeedHost): Holding => {
  const { apiUrl, publishableKey, viewer, storage } = host
  if (!apiUrl) throw missing('api-url')
  if (!publishableKey) throw missing('publishable-key')
  const create = () => {
    // Read at each call: pages that render often pass another function each time.
    const getToken: GetToken = need => host.getToken?.(need) ?? null
    const outbox = storage === 'all' ? deviceOutbox : undefined
    return createSession({ apiUrl, publishableKey, viewer, getToken, outbox })
  }
  const { client: session, release } = shareClient(
    'session',
    { apiUrl, publishableKey, viewerId: viewer?.id ?? null },
    create,
    created => created.close(),
  )
  const leave = () => {
    session.forget()
    release()
  }
  return { session, release, leave }
}

const missing = (attribute: string) => new MissingAttribute(tag, attribute)
