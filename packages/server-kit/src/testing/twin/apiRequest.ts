import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { expand } from './expand.ts'
import { apiFaults, type FaultOf, type Faults } from './faults.ts'
import { type FormFields, parseForm } from './form.ts'
import type { IdempotencyKeys, KeptAnswer } from './idempotency.ts'
import { createId } from './ids.ts'
import type { Operation } from './operation.ts'
import { Refusal } from './refusal.ts'
import type { RequestLog } from './requestLog.ts'
import { list, text } from './rules.ts'
import { apiVersion, type TwinState } from './state.ts'

export type TwinContext = Context<{ Bindings: HttpBindings }>

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

interface ApiCall {
  requestId: string
  method: string
  path: string
  key: string | null
  parameters: FormFields
  expandPaths: string[]
}

const authenticate = (secretKey: string, header: string | undefined): void => {
  const [scheme = '', credentials = ''] = (header ?? '').split(' ')
  const basic = () => Buffer.from(credentials, 'base64').toString().split(':')[0] ?? ''
  const key = /^basic$/i.test(scheme) ? basic() : /^bearer$/i.test(scheme) ? credentials : ''
  if (key === secretKey) return
  throw new Refusal(
    401,
    {
      type: 'invalid_request_error',
      message:
        key === ''
          ? "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
          : `Invalid API Key provided: ${key.slice(0, 8)}${'*'.repeat(Math.max(0, key.length - 12))}${key.slice(-4)}`,
    },
    false,
  )
}

const checkVersion = (version: string | undefined): void => {
  if (version === undefined || version === apiVersion) return
  throw new Refusal(
    400,
    {
      type: 'invalid_request_error',
      message: `Invalid Stripe API version: ${version}. The twin speaks ${apiVersion} only.`,
    },
    false,
  )
}

const checkBodyType = (method: string, type: string | undefined): void => {
  if (method === 'GET' || type === undefined || type.startsWith('application/x-www-form-urlencoded')) return
  throw new Refusal(
    400,
    {
      type: 'invalid_request_error',
      message: 'Invalid request (check that your POST content type is application/x-www-form-urlencoded).',
    },
    false,
  )
}

const readCall = (context: TwinContext, body: string, requestId: string): ApiCall => {
  const { req } = context
  const raw = req.method === 'GET' ? new URL(req.url).search.slice(1) : body
  const { expand: wanted, ...parameters } = parseForm(raw)
  return {
    requestId,
    method: req.method,
    path: req.path,
    key: req.method === 'POST' ? (req.header('idempotency-key')?.slice(0, 255) ?? null) : null,
    parameters,
    expandPaths: wanted === undefined ? [] : list(text())(wanted, 'expand'),
  }
}

const sleep = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))

const brokenAnswer = (status: number) =>
  new Refusal(
    status,
    { type: 'api_error', message: 'An unknown error occurred at Stripe (a fault of the twin).' },
    false,
  )

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

type ApiFault = FaultOf<(typeof apiFaults)[number]> | null

/** Closes the connection in the caller's face. Hono is told that the answer is on its way. */
const hangUp = (context: TwinContext): Response => {
  context.env.outgoing.destroy()
  return context.body(null)
}

const untilHungUp = (context: TwinContext) =>
  new Promise<void>(resolve => {
    if (context.env.outgoing.closed) resolve()
    context.env.outgoing.once('close', () => resolve())
  })

const work = (environment: ApiEnvironment, operation: Operation, call: ApiCall, id: string): string => {
  const { state } = environment
  const run = operation.prepare(state, id, call.parameters)
  state.cause = { requestId: call.requestId, idempotencyKey: call.key }
  try {
    return JSON.stringify(expand(state, run(), call.expandPaths), null, 2)
  } finally {
    state.cause = null
  }
}

const failureAnswer = (refusal: Refusal, requestId: string): KeptAnswer => ({
  status: refusal.status,
  requestId,
  body: JSON.stringify(
    { error: { ...refusal.body, request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}` } },
    null,
    2,
  ),
})

/** Does the work once per key; an answer is kept as soon as work had begun, errors included. */
const answerOnce = async (
  environment: ApiEnvironment,
  operation: Operation,
  call: ApiCall,
  { id, fault }: { id: string; fault: ApiFault },
): Promise<{ answer: KeptAnswer; replayed: boolean }> => {
  const { keys } = environment
  const parameters = JSON.stringify([call.parameters, call.expandPaths])
  const kept = call.key === null ? null : keys.begin(call.key, { method: call.method, path: call.path, parameters })
  if (kept) return { answer: kept, replayed: true }
  if (fault?.kind === 'latency') await sleep(fault.delayMs)
  try {
    const answer = { status: 200, body: work(environment, operation, call, id), requestId: call.requestId }
    if (call.key !== null) keys.keep(call.key, answer)
    return { answer, replayed: false }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const answer = failureAnswer(error, call.requestId)
    if (call.key !== null && error.begunWork) keys.keep(call.key, answer)
    else if (call.key !== null) keys.release(call.key)
    return { answer, replayed: false }
  }
}

const refuseBeforeWork = (fault: ApiFault): void => {
  if (fault?.kind === 'error') throw brokenAnswer(fault.status)
  if (fault?.kind === 'rate_limit') throw rateLimited()
}

const respond = (
  context: TwinContext,
  requestId: string,
  answer: KeptAnswer,
  call: ApiCall | null,
  replayed = false,
) => {
  context.header('content-type', 'application/json')
  context.header('request-id', requestId)
  context.header('stripe-version', apiVersion)
  if (call?.key) context.header('idempotency-key', call.key)
  if (replayed) {
    context.header('idempotent-replayed', 'true')
    context.header('original-request', answer.requestId)
  }
  return context.body(answer.body, answer.status as 200)
}

const unknownUrl = (method: string, path: string) =>
  new Refusal(
    404,
    {
      type: 'invalid_request_error',
      message: `Unrecognized request URL (${method}: ${path}). The twin models only the part of Stripe's API that VenueKit uses.`,
    },
    false,
  )

/** One request, from its key to its answer; `operation` is null where no call of the API has that address. */
export const handleApiRequest = async (
  environment: ApiEnvironment,
  context: TwinContext,
  operation: Operation | null,
): Promise<Response> => {
  const requestId = createId('req')
  const { method, path } = context.req
  const body = await context.req.text()
  const entry = environment.log.open({
    requestId,
    method,
    path,
    body,
    url: context.req.url,
    headers: context.req.raw.headers,
  })
  const fault: ApiFault = environment.faults.take(apiFaults, { method, path })
  entry.fault = fault?.kind ?? null
  if (fault?.kind === 'lost_request') return hangUp(context)
  let call: ApiCall | null = null
  try {
    authenticate(environment.secretKey, context.req.header('authorization'))
    checkVersion(context.req.header('stripe-version'))
    checkBodyType(method, context.req.header('content-type'))
    refuseBeforeWork(fault)
    if (!operation) throw unknownUrl(method, path)
    call = readCall(context, body, requestId)
    environment.tick()
    const { answer, replayed } = await answerOnce(environment, operation, call, {
      id: context.req.param('id') ?? '',
      fault,
    })
    Object.assign(entry, { status: answer.status, replayed })
    if (fault?.kind === 'error_after') throw brokenAnswer(fault.status)
    if (fault?.kind === 'timeout') await untilHungUp(context)
    if (fault?.kind === 'lost_answer' || fault?.kind === 'timeout') return hangUp(context)
    return respond(context, requestId, answer, call, replayed)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    entry.status = error.status
    if (fault?.kind === 'rate_limit') context.header('retry-after', String(fault.retryAfterSeconds ?? 1))
    return respond(context, requestId, failureAnswer(error, requestId), call)
  }
}
