/** What went wrong with a call, as far as the flow cares. */
export interface Failure {
  /** A problem code of the API, or the client's own `network`, `timeout`, `invalid_response`. */
  code: string
  /** True where the same call under the same key may succeed later. */
  retryable: boolean
  retryAfterMs: number
  /** Message by field path, such as `buyer.email`. */
  fields: Readonly<Record<string, string>>
}

/** Reads any thrown value; what is no VenueKit error counts as a fault that may pass. */
export const toFailure = (thrown: unknown): Failure => {
  const { code, retryable, retryAfterMs, fields } = (typeof thrown === 'object' && thrown) as Partial<Failure>
  return {
    code: typeof code === 'string' ? code : 'internal',
    retryable: typeof retryable === 'boolean' ? retryable : true,
    retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : 0,
    fields: fields ?? {},
  }
}
