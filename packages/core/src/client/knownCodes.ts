import type { ProblemCode } from '../contracts/problemCodes.ts'

const again = true
const never = false

/** The contract's codes, and whether trying again may help; the words come with each answer, so browsers carry none. */
export const knownCodes: Readonly<Record<ProblemCode, boolean>> = {
  invalid_request: never,
  unauthorized: never,
  forbidden: never,
  not_found: never,
  conflict: never,
  sold_out: never,
  price_changed: never,
  sales_closed: never,
  limit_exceeded: never,
  reservation_expired: never,
  order_not_cancellable: never,
  refund_refused: never,
  idempotency_conflict: never,
  busy: again,
  rate_limited: again,
  payload_too_large: never,
  media_rejected: never,
  cursor_expired: never,
  gateway_unavailable: again,
  internal: again,
}

export const isKnownCode = (code: string): code is ProblemCode => Object.hasOwn(knownCodes, code)
