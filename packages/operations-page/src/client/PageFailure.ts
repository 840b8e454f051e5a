/**
 * Nobody is signed in; there is no such thing; it was asked for too often; the server cannot be reached; or it refused for
 * another reason, which the message says.
 */
export type PageFailureKind = 'signed_out' | 'not_found' | 'too_often' | 'unreachable' | 'refused'

export class PageFailure extends Error {
  override readonly name = 'PageFailure'
  readonly kind: PageFailureKind
  /** How long to wait before the next try, where the server says so. */
  readonly retryAfterMs: number | null

  constructor(kind: PageFailureKind, message: string, retryAfterMs: number | null = null) {
    super(message)
    this.kind = kind
    this.retryAfterMs = retryAfterMs
  }
}
