import * as z from 'zod/mini'
import { type ProblemCode, problemCodes } from './problemCodes.ts'

const codes = Object.keys(problemCodes) as [ProblemCode, ...ProblemCode[]]

/** An error answer: RFC 9457 problem details with VenueKit's closed set of codes. */
export const problem = z.object({
  /** `urn:venuekit:problem:<code>` */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(codes),
  /** What failed and how to mend it, for a developer. Nobody branches on it. */
  detail: z.optional(z.string()),
  /** True where the same request under the same idempotency key may succeed later. */
  retryable: z.boolean(),
  retryAfterMs: z.optional(z.int()),
  /** Message by field path, such as `items.0.quantity`. */
  fields: z.optional(z.record(z.string(), z.string())),
  requestId: z.string(),
})
export type Problem = z.infer<typeof problem>
