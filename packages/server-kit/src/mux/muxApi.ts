import { MediaStoreError } from '../ports/mediaStoreError.ts'

export interface MuxApiOptions {
  tokenId: string
  tokenSecret: string
  apiBase: string
  timeoutMs: number
}

export interface MuxApi {
  /** The answer's `data`; null where Mux answers 404, or that it is too late for this. Throws `MediaStoreError`. */
  call<Data>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Data | null>
}

/** 403 is what a direct upload answers that can no longer be cancelled. */
const isTooLate = (method: string, status: number): boolean => status === 404 || (method === 'PUT' && status === 403)

const refuse = async (answer: Response, about: string): Promise<never> => {
  const { status } = answer
  const text = (await answer.text().catch(() => '')).slice(0, 500)
  if (status === 429 || status >= 500) throw new MediaStoreError('unavailable', `Mux answered ${status} to ${about}`)
  const mend = status === 401 || status === 403 ? ' Check the access token: it needs Mux Video, read and write.' : ''
  throw new MediaStoreError('failed', `Mux answered ${status} to ${about}: ${text}${mend}`)
}

/** Mux's API by fetch. */
export const createMuxApi = ({ tokenId, tokenSecret, apiBase, timeoutMs }: MuxApiOptions): MuxApi => {
  const authorization = `Basic ${btoa(`${tokenId}:${tokenSecret}`)}`
  const send = async (method: string, path: string, body: unknown): Promise<Response> => {
    try {
      return await fetch(`${apiBase}/video/v1${path}`, {
        method,
        headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
      })
    } catch (error) {
      throw new MediaStoreError('unavailable', `Mux cannot be reached: ${String(error)}`, error)
    }
  }
  return {
    async call<Data>(method: string, path: string, body?: unknown) {
      const answer = await send(method, path, body)
      if (isTooLate(method, answer.status)) return null
      if (!answer.ok) return refuse(answer, `${method} ${path}`)
      if (answer.status === 204) return null
      const { data } = (await answer.json()) as { data: Data }
      return data
    },
  }
}
