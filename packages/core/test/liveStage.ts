import type { LiveMessage } from '../src/contracts/live.ts'
import type { LiveSurroundings } from '../src/live/LiveSurroundings.ts'
import { LiveUpdates } from '../src/live/LiveUpdates.ts'
import { VenueKitError } from '../src/VenueKitError.ts'

const encoder = new TextEncoder()

/** One stream that a tab opened. */
interface OpenedStream {
  query: { feeds?: unknown; events?: unknown }
  lastEventId: string | undefined
  tell(message: LiveMessage, id: string): void
  end(): void
  isOpen(): boolean
}

/** A server's live route and a page to look at it from, as a test has them. */
export class LiveStage implements LiveSurroundings {
  readonly streams: OpenedStream[] = []
  /** What was taken in, oldest first. */
  readonly taken: LiveMessage[] = []
  eventReads = 0
  /** How often a stream was asked for. */
  tries = 0
  /** Instead of a stream. */
  failure: VenueKitError | null = null
  locks: LockManager | null = globalThis.navigator.locks
  openChannel: LiveSurroundings['openChannel'] = name => new BroadcastChannel(name)
  readonly #listeners = new Set<() => void>()
  readonly #scope: string
  #isVisible = true

  constructor(scope: string = crypto.randomUUID()) {
    this.#scope = scope
  }

  isVisible = () => this.#isVisible
  watchVisible = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  show(isVisible: boolean): void {
    this.#isVisible = isVisible
    for (const listener of [...this.#listeners]) listener()
  }

  get last(): OpenedStream {
    const last = this.streams.at(-1)
    if (!last) throw new Error('no stream was opened')
    return last
  }

  get isStreaming(): boolean {
    return this.streams.some(stream => stream.isOpen())
  }

  open(): LiveUpdates {
    const info = { snapshot: { info: null }, refresh: async () => {} }
    const client = {
      live: async ({ query }: { query: OpenedStream['query'] }, { lastEventId }: { lastEventId?: string }) => {
        this.tries += 1
        if (this.failure) throw this.failure
        return this.#stream(query, lastEventId)
      },
      getEvent: async ({ params }: { params: { eventId: string } }) => {
        this.eventReads += 1
        return { event: { id: params.eventId } }
      },
    }
    const feeds = { commitLive: (message: LiveMessage) => void this.taken.push(message), info: () => info }
    return new LiveUpdates({
      client: client as never,
      apiUrl: 'https://api.example',
      publishableKey: this.#scope,
      feeds: () => feeds as never,
      surroundings: this,
    })
  }

  #stream(query: OpenedStream['query'], lastEventId: string | undefined): ReadableStream<Uint8Array> {
    let open: ReadableStreamDefaultController<Uint8Array> | null = null
    this.streams.push({
      query,
      lastEventId,
      tell: (message, id) =>
        open?.enqueue(encoder.encode(`id: ${id}\nevent: ${message.type}\ndata: ${JSON.stringify(message)}\n\n`)),
      end: () => {
        open?.close()
        open = null
      },
      isOpen: () => open !== null,
    })
    return new ReadableStream({
      start: controller => {
        open = controller
      },
      cancel: () => {
        open = null
      },
    })
  }
}

export const unreachable = (): VenueKitError =>
  new VenueKitError({ request: '', code: 'network', status: null, title: '', retryable: true })
