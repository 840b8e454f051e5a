export type GatewayErrorKind =
  /** No answer, a 5xx or a rate limit: whether it took effect is unknown. */
  | 'unavailable'
  /** The host's key is not taken, or lacks a right: that says nothing about the object, and nothing took effect. */
  | 'unauthorized'
  /** The session's end lies too near or in the past: begin another attempt. */
  | 'too_soon'
  | 'not_found'
  /** The gateway understood and refused. */
  | 'rejected'
  | 'bad_signature'

/** The one error of `PaymentGateway`. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  readonly kind: GatewayErrorKind

  constructor(kind: GatewayErrorKind, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.kind = kind
  }
}
