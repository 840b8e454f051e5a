import { type Problem, type ProblemCode, problemCodes } from '@venuekit/core/contracts'
import { DatabaseError, type DatabaseErrorKind } from '../ports/databaseError.ts'
import { isGatewayAway } from '../ports/isGatewayAway.ts'
import { MediaStoreError } from '../ports/mediaStoreError.ts'
import { ProblemError } from '../services/problemError.ts'

const databaseProblems: Record<DatabaseErrorKind, ProblemError | null> = {
  busy: new ProblemError('busy', { retryAfterMs: 1000 }),
  unavailable: new ProblemError('busy', { title: 'The database cannot be reached', retryAfterMs: 2000 }),
  sold_out: new ProblemError('sold_out'),
  failed: null,
}

/** What the caller may know of anything that was thrown; the rest of it is for the log. */
export const toProblemError = (error: unknown): ProblemError => {
  if (error instanceof ProblemError) return error
  if (error instanceof DatabaseError) return databaseProblems[error.kind] ?? new ProblemError('internal')
  if (isGatewayAway(error)) {
    return new ProblemError('gateway_unavailable', { retryAfterMs: 2000 })
  }
  if (error instanceof MediaStoreError && error.kind === 'unavailable') {
    return new ProblemError('gateway_unavailable', { title: 'The media store did not answer', retryAfterMs: 2000 })
  }
  return new ProblemError('internal')
}

const toProblem = ({ code, details }: ProblemError, requestId: string): Problem => {
  const known: { status: number; title: string; retryable: boolean } = problemCodes[code satisfies ProblemCode]
  const { detail, fields, retryAfterMs } = details
  return {
    type: `urn:venuekit:problem:${code}`,
    title: details.title ?? known.title,
    status: details.status ?? known.status,
    code,
    ...(detail === undefined ? {} : { detail }),
    retryable: details.retryable ?? known.retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(fields === undefined ? {} : { fields }),
    requestId,
  }
}

/** RFC 9457 problem details. Never cached: the next try may fare better. */
export const problemAnswer = (error: ProblemError, requestId: string): Response => {
  const problem = toProblem(error, requestId)
  const headers = new Headers({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-request-id': requestId,
  })
  if (problem.retryAfterMs !== undefined) headers.set('retry-after', String(Math.ceil(problem.retryAfterMs / 1000)))
  return new Response(JSON.stringify(problem), { status: problem.status, headers })
}
