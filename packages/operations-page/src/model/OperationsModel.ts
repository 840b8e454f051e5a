import type {
  Operations,
  OperationsEventFilter,
  OperationsEventOrder,
  OperationsEventPage,
  OperationsEventResponse,
  Sales,
  SalesStep,
} from '@venuekit/core/contracts'
import type { PageClient } from '../client/createPageClient.ts'
import { PageFailure } from '../client/PageFailure.ts'
import { Store } from './Store.ts'
import { Watch } from './Watch.ts'

/** `out` says why, where somebody was signed in before. */
export type SessionState = { kind: 'checking' } | { kind: 'in' } | { kind: 'out'; notice: string | null }

/** Which events are listed. `cursors` leads from the first page to the one on show. */
export interface EventChoice {
  search: string
  filter: OperationsEventFilter
  order: OperationsEventOrder
  cursors: readonly string[]
}

const firstChoice: EventChoice = { search: '', filter: 'all', order: 'score', cursors: [] }

const defaultEveryMs = 4000

const pathOf = (path: string, query: Record<string, string | undefined>): string => {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value) parameters.set(name, value)
  const text = parameters.toString()
  return text === '' ? path : `${path}?${text}`
}

/** Tells the page's other tabs that somebody logged in or out. */
export interface SessionNews {
  tell(): void
  listen(listener: () => void): void
}

/** Everything that the page knows and does. Views read its stores and call its methods. */
export class OperationsModel {
  readonly session = new Store<SessionState>({ kind: 'checking' })
  readonly choice = new Store(firstChoice)
  readonly step = new Store<SalesStep>('hour')
  readonly selected = new Store<string | null>(null)
  /** How far the server's clock is ahead of this device's. */
  readonly aheadMs = new Store(0)
  readonly overview: Watch<Operations>
  readonly events: Watch<OperationsEventPage>
  readonly event: Watch<OperationsEventResponse>
  readonly sales: Watch<Sales>
  readonly #client: PageClient
  readonly #news: SessionNews
  #visible = true

  /** Asks every `everyMs`, for what is looked at live half as often. */
  constructor(client: PageClient, news: SessionNews, everyMs = defaultEveryMs) {
    this.#client = client
    this.#news = news
    const onSignedOut = () => this.#leave('You are signed out: the session is over.')
    const options = { client, everyMs, onSignedOut }
    this.overview = new Watch({
      ...options,
      onAnswer: ({ serverNow }) => {
        this.aheadMs.set(Date.parse(serverNow) - Date.now())
        if (this.session.value.kind !== 'in') this.#enter()
      },
    })
    this.events = new Watch(options)
    this.event = new Watch({ ...options, everyMs: 2 * everyMs })
    this.sales = new Watch(options)
    this.overview.point('operations')
    this.#point()
    news.listen(() => this.#check())
  }

  /** Begins: whoever has a session sees the page, everybody else is asked for the key. */
  start(): void {
    this.overview.start()
  }

  /** Throws `PageFailure`. The key is kept nowhere. */
  async logIn(key: string): Promise<void> {
    await this.#client.logIn(key)
    this.#news.tell()
    this.#check()
  }

  /** Throws `PageFailure` where the server did not hear of it: then the session goes on. */
  async logOut(): Promise<void> {
    try {
      await this.#client.logOut()
    } catch (error) {
      if (!(error instanceof PageFailure && error.kind === 'signed_out')) throw error
    }
    this.#leave(null)
    this.#news.tell()
  }

  /** Nobody looks at a hidden page: it asks for nothing, and at once when it is shown again. */
  setVisible(visible: boolean): void {
    if (visible === this.#visible) return
    this.#visible = visible
    if (!visible) for (const watch of this.#watches) watch.stop()
    else if (this.session.value.kind === 'in') for (const watch of this.#watches) watch.start()
    else if (this.session.value.kind === 'checking') this.overview.start()
  }

  refresh(): void {
    for (const watch of this.#watches) watch.refresh()
  }

  choose(change: Partial<Omit<EventChoice, 'cursors'>>): void {
    this.choice.set({ ...this.choice.value, ...change, cursors: [] })
    this.#point(true)
  }

  turnPage(cursors: readonly string[]): void {
    this.choice.set({ ...this.choice.value, cursors })
    this.#point(true)
  }

  showStep(step: SalesStep): void {
    this.step.set(step)
    this.#point()
  }

  /** One event with its own plots, or all by null. */
  select(eventId: string | null): void {
    this.selected.set(eventId)
    this.#point()
  }

  get #watches() {
    return [this.overview, this.events, this.event, this.sales] as const
  }

  #point(keep = false): void {
    const { search, filter, order, cursors } = this.choice.value
    const selected = this.selected.value
    this.events.point(pathOf('operations/events', { search, filter, order, cursor: cursors.at(-1) }), { keep })
    this.event.point(selected && `operations/events/${selected}`)
    this.sales.point(pathOf('operations/sales', { step: this.step.value, eventId: selected ?? undefined }))
  }

  #enter(): void {
    this.session.set({ kind: 'in' })
    if (this.#visible) for (const watch of this.#watches) watch.start()
  }

  /** What was shown is gone from memory, too. */
  #leave(notice: string | null): void {
    const { kind } = this.session.value
    for (const watch of this.#watches) {
      watch.stop()
      watch.point(null)
    }
    this.session.set({ kind: 'out', notice: kind === 'in' ? notice : null })
    this.overview.point('operations')
    this.#point()
  }

  #check(): void {
    if (this.session.value.kind === 'in') this.overview.refresh()
    else if (this.#visible) {
      this.overview.stop()
      this.overview.start()
    }
  }
}
