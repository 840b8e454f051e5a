import { VenueKitError } from '@venuekit/core'

/** Of what an upload's address has: everything, or the first so many bytes. */
export type Received = { readonly isWhole: true } | { readonly isWhole: false; readonly bytes: number }

interface Part {
  url: string
  /** Null asks how far it is. */
  range: { start: number; end: number } | null
  blob: Blob
  signal: AbortSignal
}

/** A part takes a second or so; the last one is answered after the work on the whole, which may take a minute. */
const partTimeoutMs = 120_000

/**
 * Sends one part, or asks how far the upload is. Throws `VenueKitError`. A 308 without a Location is handed over as it is
 * as long as redirects are followed.
 */
export const putBytes = async ({ url, range, blob, signal }: Part): Promise<Received> => {
  const extent = range ? `${range.start}-${range.end - 1}` : '*'
  const body = range ? blob.slice(range.start, range.end) : null
  const request: RequestInit = {
    method: 'PUT',
    headers: { 'Content-Range': `bytes ${extent}/${blob.size}` },
    body,
    signal: AbortSignal.any([signal, AbortSignal.timeout(partTimeoutMs)]),
    credentials: 'omit',
  }
  let answer: Response
  try {
    answer = await fetch(url, request)
  } catch (cause) {
    throw signal.aborted ? fault('aborted', null, cause) : fault('network', null, cause)
  }
  if (answer.ok) return { isWhole: true }
  if (answer.status === 308) return { isWhole: false, bytes: safeBytes(answer.headers.get('Range')) }
  throw refusalOf(answer)
}

/** `bytes=0-262143` are 262,144. */
const safeBytes = (range: string | null): number => {
  const last = /^bytes=0-(\d+)$/.exec(range ?? '')?.[1]
  return last === undefined ? 0 : Number(last) + 1
}

const codes: Readonly<Record<number, VenueKitError['code']>> = {
  404: 'not_found',
  410: 'not_found',
  413: 'payload_too_large',
  429: 'rate_limited',
}

const refusalOf = (answer: Response): VenueKitError => {
  const { status } = answer
  const code = codes[status] ?? (status >= 500 || status === 408 ? 'network' : 'invalid_request')
  const seconds = Number(answer.headers.get('Retry-After') ?? Number.NaN)
  return fault(code, status, undefined, Number.isFinite(seconds) ? seconds * 1000 : undefined)
}

const fault = (
  code: VenueKitError['code'],
  status: number | null,
  cause?: unknown,
  retryAfterMs?: number,
): VenueKitError =>
  new VenueKitError({
    request: '[PUT] an upload',
    code,
    status,
    title: 'The bytes of an upload were not taken',
    retryable: code === 'network' || code === 'rate_limited',
    retryAfterMs,
    cause,
  })
