import { AlertSinkError } from '../ports/alertSinkError.ts'

export interface SinkRequest {
  url: URL
  headers?: Readonly<Record<string, string>>
  body: string
  /** Of the one who waits for it. */
  signal: AbortSignal
  timeoutMs: number
  fetch: typeof fetch
}

/** What another try of the same message will not change. */
const messageFaults: readonly number[] = [400, 413, 422]
/** A reason in one word, as Slack gives it: `invalid_blocks`. Anything longer may repeat what it was sent. */
const reasonForm = /^[a-z_]{1,40}$/
const reasonBytes = 64

const reasonOf = async (response: Response): Promise<string> => {
  const reader = response.body?.getReader()
  if (!reader) return ''
  let text = ''
  const decoder = new TextDecoder()
  while (text.length <= reasonBytes) {
    const { done, value } = await reader.read()
    if (done) break
    text += decoder.decode(value.subarray(0, reasonBytes + 1), { stream: true })
  }
  await reader.cancel().catch(() => {})
  return reasonForm.test(text.trim()) ? ` (${text.trim()})` : ''
}

/** Seconds, or a date of HTTP; null where neither is there. */
const retryAfterOf = (response: Response): number | null => {
  const asked = response.headers.get('retry-after')
  if (asked === null) return null
  const seconds = /^\d+$/.test(asked.trim()) ? Number(asked) : (Date.parse(asked) - Date.now()) / 1000
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null
}

/** Never the error's own text, which may name the address: a webhook's address is a secret. */
const unreachable = (error: unknown): AlertSinkError => {
  if (error instanceof DOMException && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
    return new AlertSinkError('it did not answer in time')
  }
  const cause = error instanceof Error ? error.cause : null
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null
  return new AlertSinkError(`it could not be reached${typeof code === 'string' ? ` (${code})` : ''}`)
}

const send = async ({ url, headers, body, signal, timeoutMs, fetch: post }: SinkRequest): Promise<Response> => {
  try {
    return await post(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'venuekit', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
  } catch (error) {
    throw unreachable(error)
  }
}

/** Resolves once the sink has answered 2xx; throws `AlertSinkError`. Redirects are not followed, answers not kept. */
export const postToSink = async (request: SinkRequest): Promise<void> => {
  const response = await send(request)
  const { status } = response
  if (response.ok) {
    // It has been taken, even if the line broke since.
    await response.body?.cancel().catch(() => {})
    return
  }
  const reason = await reasonOf(response).catch(() => '')
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    throw new AlertSinkError(`it answered ${status}, a redirect, which is not followed: give its final address`)
  }
  const retryAfterSeconds = retryAfterOf(response)
  throw new AlertSinkError(`it answered ${status}${reason}`, {
    messageOnly: messageFaults.includes(status),
    ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }),
  })
}
