/** What a stream of server-sent events tells, in the order it comes. */
export interface EventHandlers {
  event(type: string, data: string): void
  /** Where to resume, once all that came before it is taken in. */
  id(id: string): void
  /** How long to wait before coming again, in ms. */
  retry(ms: number): void
}

/**
 * Reads `text/event-stream` as the HTML standard has it: lines end with CR, LF or both, in whatever pieces they come.
 * The byte order mark is the decoder's affair.
 */
export class EventParser {
  readonly #handlers: EventHandlers
  #line = ''
  /** The last piece ended with CR: an LF that comes next belongs to it. */
  #endedWithCr = false
  #type = ''
  #data: string[] = []
  #id: string | null = null

  constructor(handlers: EventHandlers) {
    this.#handlers = handlers
  }

  push(piece: string): void {
    const text = this.#endedWithCr && piece.startsWith('\n') ? piece.slice(1) : piece
    if (piece !== '') this.#endedWithCr = piece.endsWith('\r')
    const [first = '', ...others] = text.split(/\r\n|\r|\n/)
    this.#line += first
    for (const next of others) {
      this.#take(this.#line)
      this.#line = next
    }
  }

  #take(line: string): void {
    if (line === '') {
      this.#dispatch()
      return
    }
    const colon = line.indexOf(':')
    if (colon === 0) return
    const name = colon < 0 ? line : line.slice(0, colon)
    const rest = colon < 0 ? '' : line.slice(colon + 1)
    const value = rest.startsWith(' ') ? rest.slice(1) : rest
    if (name === 'data') this.#data.push(value)
    else if (name === 'event') this.#type = value
    else if (name === 'id' && !value.includes('\0')) this.#id = value
    else if (name === 'retry' && /^\d+$/.test(value)) this.#handlers.retry(Number(value))
  }

  #dispatch(): void {
    const [type, data, id] = [this.#type, this.#data, this.#id]
    this.#type = ''
    this.#data = []
    this.#id = null
    if (data.length > 0) this.#handlers.event(type || 'message', data.join('\n'))
    if (id !== null) this.#handlers.id(id)
  }
}
