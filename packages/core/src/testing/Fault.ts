import type { ProblemCode } from '../contracts/problemCodes.ts'
import type { ProblemDetails } from './TestProblem.ts'

/** What may go wrong with a request. All strike once, unless `times` says how often. */
export type Fault = { times?: number } & (
  | ({ kind: 'problem'; code: ProblemCode } & ProblemDetails)
  /** An answer of somebody's in between, such as a proxy's. Nothing is done. */
  | { kind: 'status'; status: number; body?: string }
  /** The server is not reached. Nothing is done. */
  | { kind: 'network' }
  /** The work is done, and its answer lost. */
  | { kind: 'lost_answer' }
  /** The request waits for the promise before anything is done. */
  | { kind: 'wait'; until: Promise<unknown> }
)
