import type { ApiCall } from './apiCall.ts'
import { expand } from './expand.ts'
import type { IdempotencyKeys, KeptAnswer } from './idempotency.ts'
import type { Operation } from './operation.ts'
import { Refusal } from './refusal.ts'
import type { TwinState } from './state.ts'

/** Does the work and words the answer. Events of the work name the call. */
const work = (state: TwinState, operation: Operation, call: ApiCall): string => {
  const run = operation.prepare(state, call.id, call.parameters)
  state.cause = { requestId: call.requestId, idempotencyKey: call.key }
  try {
    return JSON.stringify(expand(state, run(), call.expandPaths), null, 2)
  } finally {
    state.cause = null
  }
}

/** A refusal as it stands in an answer. */
export const refusalAnswer = (refusal: Refusal, requestId: string): KeptAnswer => ({
  status: refusal.status,
  requestId,
  body: JSON.stringify(
    { error: { ...refusal.body, request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}` } },
    null,
    2,
  ),
})

/**
 * Does the work once per key. An answer is kept as soon as work had begun, refusals included; a request that could
 * not be read leaves its key free.
 */
export const answerOnce = async (
  state: TwinState,
  keys: IdempotencyKeys,
  operation: Operation,
  call: ApiCall,
  /** Passes between taking the key and doing the work. */
  latency: () => Promise<void>,
): Promise<{ answer: KeptAnswer; replayed: boolean }> => {
  const { key, requestId } = call
  if (key === null) {
    await latency()
    return { answer: { status: 200, body: work(state, operation, call), requestId }, replayed: false }
  }
  const parameters = JSON.stringify([call.parameters, call.expandPaths])
  const kept = keys.begin(key, { method: call.method, path: call.path, parameters })
  if (kept) return { answer: kept, replayed: true }
  await latency()
  try {
    const answer = { status: 200, body: work(state, operation, call), requestId }
    keys.keep(key, answer)
    return { answer, replayed: false }
  } catch (error) {
    if (error instanceof Refusal && error.begunWork) keys.keep(key, refusalAnswer(error, requestId))
    else keys.release(key)
    throw error
  }
}
