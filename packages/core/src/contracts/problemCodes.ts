/** What each problem code means on the wire. Plain data, so that the browser carries no schema for it. */
export const problemCodes = {
  invalid_request: { status: 400, title: 'The request is not valid', retryable: false },
  unauthorized: { status: 401, title: 'Credentials are missing or not valid', retryable: false },
  forbidden: { status: 403, title: 'Not allowed', retryable: false },
  not_found: { status: 404, title: 'Not found', retryable: false },
  conflict: { status: 409, title: 'The request conflicts with the present state', retryable: false },
  sold_out: { status: 409, title: 'Sold out', retryable: false },
  price_changed: { status: 409, title: 'The price has changed', retryable: false },
  sales_closed: { status: 409, title: 'Sales are closed', retryable: false },
  limit_exceeded: { status: 422, title: 'A limit was exceeded', retryable: false },
  reservation_expired: { status: 410, title: 'The reservation has expired', retryable: false },
  order_not_cancellable: { status: 409, title: 'The order cannot be cancelled', retryable: false },
  refund_refused: { status: 409, title: 'The refund was refused', retryable: false },
  idempotency_conflict: { status: 422, title: 'The idempotency key was used for another request', retryable: false },
  busy: { status: 503, title: 'Busy, try again', retryable: true },
  rate_limited: { status: 429, title: 'Too many requests', retryable: true },
  payload_too_large: { status: 413, title: 'The request body is too large', retryable: false },
  media_rejected: { status: 422, title: 'The media was rejected', retryable: false },
  cursor_expired: { status: 410, title: 'The cursor has expired', retryable: false },
  gateway_unavailable: { status: 502, title: 'The payment gateway did not answer', retryable: true },
  internal: { status: 500, title: 'Something went wrong on the server', retryable: true },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>

export type ProblemCode = keyof typeof problemCodes

/** Whether this version knows the code; one of a newer server reads as `internal`. */
export const isProblemCode = (text: unknown): text is ProblemCode =>
  typeof text === 'string' && Object.hasOwn(problemCodes, text)
