import type { TwinClock } from './clock.ts'
import { Refusal } from './refusal.ts'

/** What was answered, kept for the next request under the same key. */
export interface KeptAnswer {
  status: number
  body: string
  requestId: string
}

interface KeyRecord {
  method: string
  path: string
  parameters: string
  firstUsedAt: number
  /** Null while the first request is still at work. */
  answer: KeptAnswer | null
}

export interface IdempotencyKeys {
  /**
   * Answers what is kept, or null where this request is the first and must do the work. Throws where the key is
   * at work, or was used for another request.
   */
  begin(key: string, request: { method: string; path: string; parameters: string }): KeptAnswer | null
  keep(key: string, answer: KeptAnswer): void
  /** For a request that was refused before any work began. */
  release(key: string): void
  forgetAll(): void
}

const lifetime = 24 * 60 * 60 * 1000

const conflict = (message: string) => new Refusal(400, { type: 'idempotency_error', message }, false)

const requireSame = (key: string, record: KeyRecord, request: Pick<KeyRecord, 'method' | 'path' | 'parameters'>) => {
  if (record.path !== request.path || record.method !== request.method) {
    throw conflict(
      `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${record.path}' vs '${request.path}'). Try using a key other than '${key}' if you meant to execute a different request.`,
    )
  }
  if (record.parameters !== request.parameters) {
    throw conflict(
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    )
  }
}

const inUse = (key: string) =>
  new Refusal(
    409,
    {
      type: 'invalid_request_error',
      code: 'idempotency_key_in_use',
      message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
    },
    false,
  )

/** Stripe's memory of keys: a day by the twin's clock, then the same key is a new request. */
export const createIdempotencyKeys = (clock: TwinClock): IdempotencyKeys => {
  const records = new Map<string, KeyRecord>()
  return {
    begin(key, request) {
      const record = records.get(key)
      if (record && clock.now() - record.firstUsedAt < lifetime) {
        requireSame(key, record, request)
        if (!record.answer) throw inUse(key)
        return record.answer
      }
      records.set(key, { ...request, firstUsedAt: clock.now(), answer: null })
      return null
    },
    keep(key, answer) {
      const record = records.get(key)
      if (record) record.answer = answer
    },
    release: key => {
      records.delete(key)
    },
    forgetAll: () => records.clear(),
  }
}
