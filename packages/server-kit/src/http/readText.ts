import type { Context } from 'hono'
import { ProblemError } from '../services/problemError.ts'

/** Callers go away in the middle of what they send, on trains and on purpose: no fault of this host's, nothing to log. */
export const brokenBody = (cause: unknown): ProblemError =>
  new ProblemError('invalid_request', { detail: 'The body broke off before its end.', retryable: true, cause })

/** The whole body as text. */
export const readText = async (c: Context): Promise<string> => {
  try {
    return await c.req.text()
  } catch (error) {
    throw brokenBody(error)
  }
}
