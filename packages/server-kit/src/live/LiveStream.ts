import { laterOf } from './changeCursor.ts'
import { pingFrame, retryFrame } from './frame.ts'
import type { LiveChange } from './LiveChange.ts'

interface StreamOptions {
  feeds: ReadonlySet<string>
  now: number
  /** Called once, however it ends. */
  onEnd: (stream: LiveStream) => void
}

const pingEveryMs = 15_000
/** Long enough to cost little, short enough that readers spread over new nodes, and for proxies that cut what lasts. */
const lastsMs = 240_000
/** What waits for a reader beyond what the network holds for them. */
const maximumWaitingBytes = 262_144
/** Half of it to the whole, so that readers whose node has gone do not come back all at once. */
export const jitter = (ms: number): number => ms * (0.5 + Math.random() / 2)

/** One reader's stream, bounded: who reads too slowly is dropped, and may resume. */
export class LiveStream {
  readonly body: ReadableStream<Uint8Array>
  readonly feeds: ReadonlySet<string>
  readonly #onEnd: (stream: LiveStream) => void
  readonly #endsAt: number
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null
  #cursor = '0-0'
  #pingAt: number

  constructor({ feeds, now, onEnd }: StreamOptions) {
    this.feeds = feeds
    this.#onEnd = onEnd
    this.#endsAt = now + jitter(lastsMs)
    this.#pingAt = now + pingEveryMs
    this.body = new ReadableStream<Uint8Array>(
      {
        start: controller => {
          this.#controller = controller
        },
        cancel: () => this.#leave(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: maximumWaitingBytes }),
    )
  }

  /** The first bytes. */
  begin(retryMs: number): void {
    this.send(retryFrame(retryMs))
  }

  /** Everything up to that cursor has been told. */
  reach(cursor: string): void {
    this.#cursor = cursor
    this.send(pingFrame(cursor))
  }

  take(change: LiveChange): void {
    if (this.feeds.has(change.feedId)) this.send(change.frame)
    this.#cursor = laterOf(this.#cursor, change.cursor)
  }

  send(frame: Uint8Array): void {
    const controller = this.#controller
    if (!controller) return
    controller.enqueue(frame)
    if ((controller.desiredSize ?? 0) >= 0) return
    this.#leave()
    controller.error(new Error('A reader of the live stream was too slow.'))
  }

  /** Everything up to `reached` has been told. */
  tick(now: number, reached: string): void {
    if (now >= this.#endsAt) {
      this.end()
      return
    }
    if (reached !== '') this.#cursor = laterOf(this.#cursor, reached)
    if (now < this.#pingAt) return
    this.#pingAt = now + pingEveryMs
    this.send(pingFrame(this.#cursor))
  }

  /** `retryMs`: when to come again, where that is not as the beginning said. */
  end(retryMs?: number): void {
    if (retryMs !== undefined) this.send(retryFrame(retryMs))
    const controller = this.#controller
    this.#leave()
    controller?.close()
  }

  #leave(): void {
    if (!this.#controller) return
    this.#controller = null
    this.#onEnd(this)
  }
}
