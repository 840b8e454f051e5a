import type { ProblemCode } from './contracts/problemCodes.ts'

/** The server's codes, and those of a request that brought no answer a program could read. */
export type ErrorCode = ProblemCode | 'network' | 'timeout' | 'aborted' | 'invalid_response'

export interface ErrorFacts {
  /** What was asked, such as `[POST] /v1/orders`. */
  request: string
  code: ErrorCode
  /** The HTTP status; null where no answer came. */
  status: number | null
  title: string
  /** What failed and how to mend it, for a developer. */
  detail?: string | undefined
  /** True where the same call may succeed later. */
  retryable: boolean
  retryAfterMs?: number | undefined
  /** Message by field path, such as `items.0.quantity`. */
  fields?: Readonly<Record<string, string>> | undefined
  /** Names the request in the server's log. */
  requestId?: string | undefined
  cause?: unknown
}

/**
 * The one error of the client. Branch on `code`, never on the message.
 * @example if (error instanceof VenueKitError && error.code === 'sold_out') showSoldOut()
 */
export class VenueKitError extends Error {
  override readonly name = 'VenueKitError'
  readonly code: ErrorCode
  readonly status: number | null
  readonly title: string
  readonly detail: string | null
  readonly retryable: boolean
  readonly retryAfterMs: number | null
  readonly fields: Readonly<Record<string, string>>
  readonly requestId: string | null

  constructor(facts: ErrorFacts) {
    super(messageOf(facts), { cause: facts.cause })
    this.code = facts.code
    this.status = facts.status
    this.title = facts.title
    this.detail = facts.detail ?? null
    this.retryable = facts.retryable
    this.retryAfterMs = facts.retryAfterMs ?? null
    this.fields = facts.fields ?? {}
    this.requestId = facts.requestId ?? null
  }
}

const messageOf = ({ request, status, code, title, detail }: ErrorFacts): string =>
  `${request}: ${status === null ? '' : `${status} `}${code} ${detail ? `${title}. ${detail}` : title}`
