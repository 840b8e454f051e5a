/** Names of the request headers and the query parameter that carry credentials. */
export const headers = {
  publishableKey: 'VenueKit-Key',
  orderToken: 'VenueKit-Order-Token',
  idempotencyKey: 'Idempotency-Key',
  requestId: 'X-Request-Id',
} as const

/** What the page's captcha gave, for hosts that demand one. */
export const challengeHeader = 'VenueKit-Challenge'

/** Unauthenticated reads carry the key here instead: a header would cost a preflight for each new address. */
export const keyParameter = 'key'

/** The parameter of the return address's fragment that carries the order token. */
export const orderFragment = 'venuekit-order'
