import { PageFailure, type PageFailureKind } from './PageFailure.ts'

/** An answer, or that it is still the one under the `etag` that was sent. */
export type PageAnswer = { kind: 'changed'; data: unknown; etag: string | null } | { kind: 'same' }

/** What the page asks of the kit that served it. All of it throws `PageFailure`. */
export interface PageClient {
  /** `path` below `/v1/admin`, such as `operations/sales?step=day`. */
  read(path: string, etag: string | null, signal: AbortSignal): Promise<PageAnswer>
  /** The key leaves this function in the request's body alone, and is kept nowhere. */
  logIn(key: string): Promise<void>
  logOut(): Promise<void>
}

interface PageClientOptions {
  /** The page's own folder, with a slash at its end. */
  baseUrl: string
  fetch: typeof fetch
  timeoutMs?: number
}

/** Tells the server that the page itself is asking: no form and no other site can send it. */
const pageHeaders = { 'venuekit-page': 'operations' }

const messageOf = async (response: Response): Promise<{ message: string; retryAfterMs: number | null }> => {
  const problem: unknown = await response.json().catch(() => null)
  const { detail, title, retryAfterMs } = (problem ?? {}) as Record<string, unknown>
  const message = [detail, title].find(text => typeof text === 'string') ?? `The server answered ${response.status}.`
  return { message: String(message), retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : null }
}

const kinds: Record<number, PageFailureKind> = { 401: 'signed_out', 404: 'not_found', 429: 'too_often' }

const toFailure = async (response: Response): Promise<PageFailure> => {
  const { message, retryAfterMs } = await messageOf(response)
  return new PageFailure(kinds[response.status] ?? 'refused', message, retryAfterMs)
}

export const createPageClient = ({ baseUrl, fetch, timeoutMs = 15_000 }: PageClientOptions): PageClient => {
  const send = async (path: string, init: RequestInit, signal?: AbortSignal): Promise<Response> => {
    const signals = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]
    try {
      return await fetch(new URL(path, baseUrl), {
        ...init,
        headers: { ...pageHeaders, ...init.headers },
        cache: 'no-store',
        credentials: 'same-origin',
        redirect: 'error',
        signal: AbortSignal.any(signals),
      })
    } catch (error) {
      if (signal?.aborted) throw error
      throw new PageFailure('unreachable', 'The server cannot be reached.')
    }
  }

  const sendSession = async (init: RequestInit): Promise<void> => {
    const response = await send('session', init)
    if (!response.ok) throw await toFailure(response)
  }

  return {
    async read(path, etag, signal) {
      const response = await send(`data/${path}`, { headers: etag === null ? {} : { 'if-none-match': etag } }, signal)
      if (response.status === 304) return { kind: 'same' }
      if (!response.ok) throw await toFailure(response)
      try {
        return { kind: 'changed', data: await response.json(), etag: response.headers.get('etag') }
      } catch (error) {
        if (signal.aborted) throw error
        throw new PageFailure('unreachable', 'The answer broke off.')
      }
    },
    logIn: key =>
      sendSession({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ key }) }),
    logOut: () => sendSession({ method: 'DELETE' }),
  }
}
