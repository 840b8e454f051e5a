import type { Problem } from '../contracts/problem.ts'
import { type ProblemCode, problemCodes } from '../contracts/problemCodes.ts'

export type ProblemDetails = Partial<Pick<Problem, 'title' | 'detail' | 'fields' | 'retryable' | 'retryAfterMs'>>

/** A refusal; thrown anywhere in an answer. */
export class TestProblem extends Error {
  readonly code: ProblemCode
  readonly details: ProblemDetails

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(details.detail ?? problemCodes[code].title)
    this.code = code
    this.details = details
  }

  /** RFC 9457 problem details, as the real server words them. */
  toResponse(): Response {
    const { title, status, retryable } = problemCodes[this.code]
    const requestId = crypto.randomUUID()
    const problem: Problem = {
      type: `urn:venuekit:problem:${this.code}`,
      title,
      status,
      code: this.code,
      retryable,
      ...this.details,
      requestId,
    }
    const headers = new Headers({ 'Content-Type': 'application/problem+json', 'X-Request-Id': requestId })
    const { retryAfterMs } = this.details
    if (retryAfterMs !== undefined) headers.set('Retry-After', String(Math.ceil(retryAfterMs / 1000)))
    return new Response(JSON.stringify(problem), { status, headers })
  }
}
