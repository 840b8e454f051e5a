import type { TwinClock } from './clock.ts'
import { type FormFields, parseForm } from './form.ts'

/** One request that reached the API, as `GET /_twin/requests` shows it. */
export interface LoggedRequest {
  requestId: string
  method: string
  path: string
  /** From the query or the body, nested as they were sent. */
  parameters: FormFields
  idempotencyKey: string | null
  apiVersion: string | null
  /** ISO, by the twin's clock. */
  at: string
  /** What the work came to; null where it never began. */
  status: number | null
  replayed: boolean
  /** The fault that struck it. */
  fault: string | null
}

export interface RequestLog {
  open(request: {
    requestId: string
    method: string
    path: string
    body: string
    url: string
    headers: Headers
  }): LoggedRequest
  entries(): LoggedRequest[]
  clear(): void
}

const kept = 5000

export const createRequestLog = (clock: TwinClock): RequestLog => {
  const entries: LoggedRequest[] = []
  return {
    open({ requestId, method, path, body, url, headers }) {
      const entry: LoggedRequest = {
        requestId,
        method,
        path,
        parameters: parseForm(method === 'GET' ? new URL(url).search.slice(1) : body),
        idempotencyKey: headers.get('idempotency-key'),
        apiVersion: headers.get('stripe-version'),
        at: new Date(clock.now()).toISOString(),
        status: null,
        replayed: false,
        fault: null,
      }
      entries.push(entry)
      if (entries.length > kept) entries.shift()
      return entry
    },
    entries: () => [...entries],
    clear: () => {
      entries.length = 0
    },
  }
}
