import { type RequestKind, requestKind } from '../requestKind.ts'
import { turn } from '../turn.ts'

type Fetch = (request: Request) => Response | Promise<Response>

interface Settle {
  resolve(response: Response): void
  reject(error: unknown): void
}

/** A request on its way to a real server, or its answer on the way back: the race says when each goes on. */
export class GatedRequest {
  readonly kind: RequestKind
  readonly #request: Request
  readonly #send: Fetch
  readonly #settle: Settle
  #answer: Promise<Response> | null = null

  constructor(request: Request, send: Fetch, settle: Settle) {
    this.kind = requestKind(request)
    this.#request = request
    this.#send = send
    this.#settle = settle
  }

  /** The server does its work; the answer is still under way. Answers with its text. */
  async process(): Promise<string> {
    this.#answer ??= Promise.resolve(this.#send(this.#request))
    return (await this.#answer).clone().text()
  }

  /** The answer arrives. */
  async deliver(): Promise<void> {
    await this.process()
    if (this.#answer) this.#settle.resolve(await this.#answer)
    await turn()
  }

  /** Another answer arrives: what a replica says that lags behind. */
  async answer(text: string, status = 200): Promise<void> {
    this.#settle.resolve(new Response(text, { status, headers: { 'Content-Type': 'application/json' } }))
    await turn()
  }

  /** A refusal arrives instead of an answer; what the server did stays done. */
  refuse(code: string, status: number): Promise<void> {
    const problem = { type: 'about:blank', title: code, status, code, retryable: false, requestId: 'r' }
    return this.answer(JSON.stringify(problem), status)
  }
}

/** Lets requests through to a real server, or holds each of them once it is closed. */
export class GatedFetch {
  readonly held = new Set<GatedRequest>()
  /** What was asked for so far. */
  readonly seen: RequestKind[] = []
  isClosed = false
  readonly #send: Fetch

  constructor(send: Fetch) {
    this.#send = send
  }

  readonly fetch: Fetch = request => {
    const kind = requestKind(request)
    this.seen.push(kind)
    // What the stream tells, and when, the race says itself.
    if (!this.isClosed && kind !== 'live') return this.#send(request)
    return new Promise((resolve, reject) => {
      const held: GatedRequest = new GatedRequest(request, this.#send, {
        resolve: response => {
          this.held.delete(held)
          resolve(response)
        },
        reject,
      })
      this.held.add(held)
      request.signal.addEventListener('abort', () => {
        this.held.delete(held)
        reject(request.signal.reason)
      })
    })
  }

  /** The request of that kind that has waited longest, once there is one; not one of those before. */
  async next(kind: RequestKind, before: ReadonlySet<GatedRequest> = new Set()): Promise<GatedRequest> {
    for (const deadline = Date.now() + 20_000; Date.now() < deadline; await turn()) {
      for (const held of this.held) if (held.kind === kind && !before.has(held)) return held
    }
    throw new Error(`No ${kind} came; there were ${this.seen.join(', ')}.`)
  }
}
