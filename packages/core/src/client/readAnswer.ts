import { headers } from '../contracts/headers.ts'
import { VenueKitError } from '../VenueKitError.ts'
import { isKnownCode, knownCodes } from './knownCodes.ts'

/**
 * Reads an answer: JSON, undefined where there is none, the stream of server-sent events.
 * Throws a `VenueKitError` for problems, and `invalid_response` for what VenueKit never answers.
 */
export const readAnswer = async (request: string, response: Response): Promise<unknown> => {
  if (response.ok && response.status === 204) return undefined
  const type = response.headers.get('Content-Type') ?? ''
  if (response.ok && type.startsWith('text/event-stream')) return response.body
  const text = await response.text()
  const parsed = parseJson(text)
  if (!response.ok) throw problemOf(request, response, parsed)
  if (parsed === undefined) throw unreadable(request, response, `the answer is ${type || 'no JSON'}, not JSON`)
  return parsed
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const problemOf = (request: string, response: Response, parsed: unknown): VenueKitError => {
  if (!isRecord(parsed) || typeof parsed.code !== 'string') {
    return unreadable(
      request,
      response,
      'an error without a problem document: is apiUrl the address of a VenueKit API?',
    )
  }
  // A newer server may know more codes than this client.
  const code = isKnownCode(parsed.code) ? parsed.code : 'internal'
  return new VenueKitError({
    request,
    code,
    status: response.status,
    title: stringOf(parsed.title) ?? code,
    detail: stringOf(parsed.detail),
    retryable: typeof parsed.retryable === 'boolean' ? parsed.retryable : knownCodes[code],
    retryAfterMs: typeof parsed.retryAfterMs === 'number' ? parsed.retryAfterMs : retryAfterMs(response),
    fields: fieldsOf(parsed.fields),
    requestId: stringOf(parsed.requestId) ?? response.headers.get(headers.requestId) ?? undefined,
  })
}

/** What stands between, a proxy or a captive portal, answers in its own words; its status still says something. */
const temporary = new Set([408, 429, 502, 503, 504])

const unreadable = (request: string, response: Response, detail: string): VenueKitError =>
  new VenueKitError({
    request,
    code: 'invalid_response',
    status: response.status,
    title: 'The answer could not be read',
    detail,
    retryable: temporary.has(response.status),
    retryAfterMs: retryAfterMs(response),
    requestId: response.headers.get(headers.requestId) ?? undefined,
  })

/** `Retry-After` in seconds or as a date. */
const retryAfterMs = (response: Response): number | undefined => {
  const text = response.headers.get('Retry-After')
  if (!text) return undefined
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const stringOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const fieldsOf = (value: unknown): Record<string, string> | undefined => {
  if (!isRecord(value)) return undefined
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
