/** What a single call may bring besides its input. */
export interface CallOptions {
  /** Made anew for each call where the route needs one and none is given; retries keep it. */
  idempotencyKey?: string
  /** Needed by routes about one order. */
  orderToken?: string
  /** What the page's captcha gave, for hosts that demand such a proof of createOrder. */
  challenge?: string
  /** Where a stream goes on: the id of the last event that was taken in. */
  lastEventId?: string
  signal?: AbortSignal
  /** For each attempt, until the answer is read; the client's own where it is missing. */
  timeoutMs?: number
  /** Lets the request outlive the page; bodies up to 64 KB. */
  keepalive?: boolean
}
