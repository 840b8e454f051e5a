import { type ErrorFacts, VenueKitError } from '../VenueKitError.ts'

/** An error as one tab tells it to another. */
export type Refusal = Omit<ErrorFacts, 'cause'>

export const refusalOf = (error: unknown): Refusal => {
  if (!(error instanceof VenueKitError))
    return { request: 'The outbox', code: 'internal', status: null, title: String(error), retryable: false }
  const { code, status, title, detail, retryable, retryAfterMs, fields, requestId } = error
  return {
    request: error.message.split(': ')[0] ?? '',
    code,
    status,
    title,
    detail: detail ?? undefined,
    retryable,
    retryAfterMs: retryAfterMs ?? undefined,
    fields,
    requestId: requestId ?? undefined,
  }
}

export const errorOf = (refusal: Refusal): VenueKitError => new VenueKitError(refusal)
