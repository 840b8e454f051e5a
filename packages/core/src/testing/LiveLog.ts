import type { LiveMessage } from '../contracts/live.ts'

interface Subscriber {
  wants(message: LiveMessage): boolean
  controller: ReadableStreamDefaultController<Uint8Array>
}

const encoder = new TextEncoder()

const toBytes = (message: LiveMessage, id: number): Uint8Array =>
  encoder.encode(`id: ${id}\nevent: ${message.type}\ndata: ${JSON.stringify(message)}\n\n`)

/** What the live stream told, and to whom it tells the next. */
export class LiveLog {
  readonly #messages: LiveMessage[] = []
  readonly #subscribers = new Set<Subscriber>()

  tell(message: LiveMessage): void {
    this.#messages.push(message)
    const bytes = toBytes(message, this.#messages.length)
    for (const { wants, controller } of this.#subscribers) if (wants(message)) controller.enqueue(bytes)
  }

  /** What came after that id, and what comes; all that comes where there is none. */
  open(wants: (message: LiveMessage) => boolean, lastEventId: string | null): ReadableStream<Uint8Array> {
    const after = lastEventId === null ? this.#messages.length : Number(lastEventId)
    let subscriber: Subscriber | null = null
    return new ReadableStream<Uint8Array>({
      start: controller => {
        controller.enqueue(encoder.encode(': connected\n\n'))
        if (!(after >= 0 && after <= this.#messages.length)) {
          controller.enqueue(toBytes({ type: 'reset' }, this.#messages.length))
        }
        for (const [place, message] of this.#messages.entries()) {
          if (place >= after && wants(message)) controller.enqueue(toBytes(message, place + 1))
        }
        subscriber = { wants, controller }
        this.#subscribers.add(subscriber)
      },
      cancel: () => {
        if (subscriber) this.#subscribers.delete(subscriber)
      },
    })
  }

  /** Ends every stream, as a server does that restarts; nothing told is forgotten. */
  disconnect(): void {
    for (const { controller } of this.#subscribers) controller.close()
    this.#subscribers.clear()
  }
}
