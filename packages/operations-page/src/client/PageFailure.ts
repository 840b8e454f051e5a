/** Nobody is signed in; the server cannot be reached; or it refused, and says why. */
export type PageFailureKind = 'signed_out' | 'unreachable' | 'refused'

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
