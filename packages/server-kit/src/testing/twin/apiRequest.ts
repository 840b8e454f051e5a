import { answerOnce, refusalAnswer } from './answerOnce.ts'
import { readApiCall, type TwinContext } from './apiCall.ts'
import { apiFaults, type FaultOf, type Faults } from './faults.ts'
import type { IdempotencyKeys, KeptAnswer } from './idempotency.ts'
import { createId } from './ids.ts'
import type { Operation } from './operation.ts'
import { Refusal } from './refusal.ts'
import type { RequestLog } from './requestLog.ts'
import { apiVersion, type TwinState } from './state.ts'

/** What every API call needs beside its own operation. */
export interface ApiEnvironment {
  state: TwinState
  secretKey: string
  faults: Faults
  keys: IdempotencyKeys
  log: RequestLog
  /** Time passes in the twin only when somebody looks. */
  tick(): void
}

type ApiFault = FaultOf<(typeof apiFaults)[number]> | null

const pause = async (fault: ApiFault): Promise<void> => {
  if (fault?.kind === 'latency') await new Promise(resolve => setTimeout(resolve, fault.delayMs))
}

const broken = (status: number) =>
  new Refusal(status, { type: 'api_error', message: 'An unknown error occurred (a fault of the twin).' }, false)

const rateLimited = () =>
  new Refusal(
    429,
    {
      type: 'invalid_request_error',
      code: 'rate_limit',
      message: 'Request rate limit exceeded. Learn more about rate limits at https://docs.stripe.com/rate-limits.',
    },
    false,
  )

const unknownUrl = ({ req }: TwinContext) =>
  new Refusal(
    404,
    {
      type: 'invalid_request_error',
      message: `Unrecognized request URL (${req.method}: ${req.path}). The twin models only the part of Stripe's API that VenueKit uses.`,
    },
    false,
  )

/** Closes the connection in the caller's face; what Hono answers then goes nowhere. */
const hangUp = (context: TwinContext): Response => {
  context.env.outgoing.destroy()
  return context.body(null)
}

const untilHungUp = ({ env: { outgoing } }: TwinContext) =>
  new Promise<void>(resolve => {
    if (outgoing.closed) resolve()
    outgoing.once('close', () => resolve())
  })

const respond = (context: TwinContext, requestId: string, answer: KeptAnswer, replayed: boolean): Response => {
  context.header('content-type', 'application/json')
  context.header('request-id', requestId)
  context.header('stripe-version', apiVersion)
  const key = context.req.header('idempotency-key')
  if (key !== undefined) context.header('idempotency-key', key)
  if (replayed) {
    context.header('idempotent-replayed', 'true')
    context.header('original-request', answer.requestId)
  }
  return context.body(answer.body, answer.status as 200)
}

/** The answer that belongs to the request, with the faults that strike before the work or during it. */
const produce = async (
  environment: ApiEnvironment,
  context: TwinContext,
  operation: Operation | null,
  { body, requestId, fault }: { body: string; requestId: string; fault: ApiFault },
): Promise<{ answer: KeptAnswer; replayed: boolean }> => {
  const { state, keys, secretKey } = environment
  try {
    const call = readApiCall(context, { body, requestId, secretKey })
    if (fault?.kind === 'error') throw broken(fault.status)
    if (fault?.kind === 'rate_limit') throw rateLimited()
    if (!operation) throw unknownUrl(context)
    environment.tick()
    return await answerOnce(state, keys, operation, call, () => pause(fault))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { answer: refusalAnswer(error, requestId), replayed: false }
  }
}

/** One request, from its key to its answer; `operation` is null where no call of the API has that address. */
export const handleApiRequest = async (
  environment: ApiEnvironment,
  context: TwinContext,
  operation: Operation | null,
): Promise<Response> => {
  const { method, path, url, raw } = context.req
  const requestId = createId('req')
  context.header('date', new Date(environment.state.clock.now()).toUTCString())
  const body = await context.req.text()
  const entry = environment.log.open({ requestId, method, path, body, url, headers: raw.headers })
  const fault: ApiFault = environment.faults.take(apiFaults, { method, path })
  entry.fault = fault?.kind ?? null
  if (fault?.kind === 'lost_request') return hangUp(context)
  const { answer, replayed } = await produce(environment, context, operation, { body, requestId, fault })
  Object.assign(entry, { status: answer.status, replayed })
  if (fault?.kind === 'error_after') {
    return respond(context, requestId, refusalAnswer(broken(fault.status), requestId), false)
  }
  if (fault?.kind === 'rate_limit') context.header('retry-after', String(fault.retryAfterSeconds ?? 1))
  if (fault?.kind === 'timeout') await untilHungUp(context)
  if (fault?.kind === 'lost_answer' || fault?.kind === 'timeout') return hangUp(context)
  return respond(context, requestId, answer, replayed)
}
