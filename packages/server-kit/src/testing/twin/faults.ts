import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { inputProblem } from './inputProblem.ts'

const times = z._default(z.int().check(z.positive()), 1)
const delayMs = z.int().check(z.nonnegative())
/** Which API calls: both are optional, a path may end in `*`. */
const scope = { times, method: z.optional(z.enum(['GET', 'POST'])), path: z.optional(z.string()) }
/** Which deliveries: an event type, which may end in `*`. */
const eventScope = { times, type: z.optional(z.string()) }

/** Everything that can be made to go wrong, and what each kind takes. */
const faultSchema = z.discriminatedUnion('kind', [
  /** A 5xx before the work; the same request goes through next time. */
  z.strictObject({ kind: z.literal('error'), status: z._default(z.int(), 500), ...scope }),
  /** A 5xx after the work was done; the key holds the true answer. */
  z.strictObject({ kind: z.literal('error_after'), status: z._default(z.int(), 502), ...scope }),
  z.strictObject({ kind: z.literal('rate_limit'), retryAfterSeconds: z.optional(z.int()), ...scope }),
  /** The work begins only after a while: a second request under the same key meets a 409. */
  z.strictObject({ kind: z.literal('latency'), delayMs, ...scope }),
  /** The connection breaks before the work. */
  z.strictObject({ kind: z.literal('lost_request'), ...scope }),
  /** The work is done, then the connection breaks. */
  z.strictObject({ kind: z.literal('lost_answer'), ...scope }),
  /** The work is done, then nothing comes until the caller hangs up. */
  z.strictObject({ kind: z.literal('timeout'), ...scope }),
  /** Each delivery goes out that many times at once. */
  z.strictObject({ kind: z.literal('duplicate'), copies: z._default(z.int().check(z.minimum(2)), 2), ...eventScope }),
  z.strictObject({ kind: z.literal('delay'), delayMs, ...eventScope }),
  /** Holds the next `times` deliveries back and sends them in the opposite order. */
  z.strictObject({ kind: z.literal('reorder'), ...eventScope, times: z.int().check(z.minimum(2)) }),
  /** Never sent; `POST /_twin/deliveries/:id/resend` still can. */
  z.strictObject({ kind: z.literal('drop'), ...eventScope }),
  /** The next refunds are pending until `POST /_twin/refunds/:id/settle`. */
  z.strictObject({ kind: z.literal('refund_pending'), times }),
  /** The next refunds are answered as pending and have failed right after. */
  z.strictObject({ kind: z.literal('refund_fails'), times }),
])

type Fault = z.infer<typeof faultSchema>
export type FaultInput = z.input<typeof faultSchema>
type FaultKind = Fault['kind']
export type FaultOf<Kind extends FaultKind> = Extract<Fault, { kind: Kind }>
export type PendingFault = Fault & { id: string; remaining: number }

export const apiFaults = [
  'error',
  'error_after',
  'rate_limit',
  'latency',
  'lost_request',
  'lost_answer',
  'timeout',
] as const
export const deliveryFaults = ['duplicate', 'delay', 'reorder', 'drop'] as const
export const refundFaults = ['refund_pending', 'refund_fails'] as const

const fits = (wanted: string | undefined, actual: string): boolean =>
  wanted === undefined || (wanted.endsWith('*') ? actual.startsWith(wanted.slice(0, -1)) : actual === wanted)

/** The faults that wait for their moment, oldest first; each is used up after its number of times. */
export interface Faults {
  /** Throws a message that names what is wrong with the input. */
  add(input: unknown): PendingFault
  pending(): PendingFault[]
  clear(): void
  /** Takes one use of the first fault of these kinds that fits; null where none does. */
  take<Kind extends FaultKind>(
    kinds: readonly Kind[],
    subject: { method?: string; path?: string; type?: string },
  ): FaultOf<Kind> | null
}

export const createFaults = (): Faults => {
  let waiting: PendingFault[] = []
  return {
    add(input) {
      const read = faultSchema.safeParse(input)
      if (!read.success) throw new Error(`This is no fault of the twin's: ${inputProblem(read.error)}`)
      const fault = { ...read.data, id: randomUUID(), remaining: read.data.times }
      waiting.push(fault)
      return fault
    },
    pending: () => [...waiting],
    clear: () => {
      waiting = []
    },
    take<Kind extends FaultKind>(kinds: readonly Kind[], subject: { method?: string; path?: string; type?: string }) {
      const fault = waiting.find(candidate => {
        const scoped = candidate as { method?: string; path?: string; type?: string }
        return (
          kinds.some(kind => kind === candidate.kind) &&
          fits(scoped.method, subject.method ?? '') &&
          fits(scoped.path, subject.path ?? '') &&
          fits(scoped.type, subject.type ?? '')
        )
      })
      if (!fault) return null
      fault.remaining -= 1
      if (fault.remaining === 0) waiting = waiting.filter(other => other !== fault)
      return fault as unknown as FaultOf<Kind>
    },
  }
}
