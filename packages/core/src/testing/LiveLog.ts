import type { LiveMessage } from '../contracts/live.ts'

type Wants = (message: LiveMessage) => boolean

interface Subscriber {
  wants: Wants
  controller: ReadableStreamDefaultController<Uint8Array>
}

interface Opening {
  wants: Wants
  /** Told at the beginning, whatever came before. */
  first: readonly LiveMessage[]
  /** Null for a new reader, who is told what came since that moment, in ms. */
  lastEventId: string | null
  since: number
}

const encoder = new TextEncoder()

const toBytes = (message: LiveMessage, id: number): Uint8Array =>
  encoder.encode(`id: ${id}\nevent: ${message.type}\ndata: ${JSON.stringify(message)}\n\n`)

/** What the live stream told, and to whom it tells the next. A message's id is how many there were with it. */
export class LiveLog {
  readonly #told: { message: LiveMessage; at: number }[] = []
  readonly #subscribers = new Set<Subscriber>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  tell(message: LiveMessage): void {
    this.#told.push({ message, at: this.#now() })
    const bytes = toBytes(message, this.#told.length)
    for (const { wants, controller } of this.#subscribers) if (wants(message)) controller.enqueue(bytes)
  }

  open(opening: Opening): ReadableStream<Uint8Array> {
    const { wants } = opening
    let subscriber: Subscriber | null = null
    return new ReadableStream<Uint8Array>({
      start: controller => {
        controller.enqueue(encoder.encode(': connected\n\n'))
        for (const bytes of this.#beginning(opening)) controller.enqueue(bytes)
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

  #beginning({ wants, first, lastEventId, since }: Opening): Uint8Array[] {
    const { length } = this.#told
    const after = lastEventId === null ? null : Number(lastEventId)
    const isLost = after !== null && !(after >= 0 && after <= length)
    const missed = this.#told.flatMap(({ message, at }, place) => {
      const isNews = after === null ? at >= since && message.type !== 'event' : place >= after
      return isNews && wants(message) ? [toBytes(message, place + 1)] : []
    })
    const lost: LiveMessage[] = isLost ? [{ type: 'reset' }] : []
    return [...[...lost, ...first].map(message => toBytes(message, length)), ...missed]
  }
}
