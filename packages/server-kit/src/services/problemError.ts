import type { ProblemCode } from '@venuekit/core/contracts'

export interface ProblemDetails {
  /** What failed and how to mend it, for a developer. Never a secret, never another person's data. */
  detail?: string
  /** Message by field path, such as `items.0.quantity`. */
  fields?: Record<string, string>
  retryAfterMs?: number
  /** Stands in for the code's own title, status or retryability where the case is narrower than the code. */
  title?: string
  status?: number
  retryable?: boolean
  cause?: unknown
}

/** A refusal that the caller may read. Everything else that is thrown answers `internal` and goes to the log. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ProblemCode
  readonly details: ProblemDetails

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(details.detail ?? code, { cause: details.cause })
    this.code = code
    this.details = details
  }
}
