import { toDatabaseError } from '../adapters/toDatabaseError.ts'
import { DatabaseError, type DatabaseErrorKind } from '../ports/databaseError.ts'
import type { RpcAnswer } from './rpcAnswer.ts'

interface Verdict {
  kind: DatabaseErrorKind
  /** True where the call certainly never reached a function: it may be sent again. */
  isUnsent?: true
  /** Postgres' own word for the same. */
  sqlState?: string
  mend?: string
}

/** https://docs.postgrest.org/en/stable/references/errors.html; what is not here is `failed`. */
const postgrestVerdicts: Readonly<Record<string, Verdict>> = {
  /** No connection to the database, or no schema cache yet. PGRST001 is one that broke during a call. */
  PGRST000: { kind: 'unavailable', isUnsent: true },
  PGRST001: { kind: 'unavailable' },
  PGRST002: { kind: 'unavailable', isUnsent: true },
  /** No connection of the pool became free: it has waited already. */
  PGRST003: { kind: 'busy' },
  PGRST106: {
    kind: 'failed',
    mend: 'Expose the schema venuekit_api: `schemas` under [api] in supabase/config.toml, or Data API in the project’s settings.',
  },
  PGRST202: {
    kind: 'failed',
    sqlState: '42883',
    mend: "The database lacks a function of this release: run `venuekit sql export --supabase` and push the migrations. If they are pushed, reload the cache: notify pgrst, 'reload schema'.",
  },
}

const serviceKey = 'Make the client with the service role’s key: nobody else may call venuekit_api.'

const isSqlState = (code: string): boolean => /^[0-9A-Z]{5}$/.test(code)

/** What a socket says that never got through: Node's codes, and Deno's words, which has none. */
const neverSent = /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)\b|client error \(Connect\)/

interface RpcError {
  message: string
  /** SQLSTATE, `PGRST…`, or nothing where neither Postgres nor PostgREST said it. */
  code: string
  details: string
}

/** Proxies answer JSON of their own: texts without a message, numbers as codes, no object at all. */
const readError = (error: unknown): RpcError => {
  const fields = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>
  const textOf = (field: unknown): string => (typeof field === 'string' ? field : '')
  const whole = error === null || error === undefined ? '' : JSON.stringify(error)
  return {
    message: typeof fields.message === 'string' ? fields.message : whole,
    code: textOf(fields.code),
    details: textOf(fields.details),
  }
}

/** PostgREST hands on no name of a constraint but the one in the message. */
const constraintOf = ({ code, message }: RpcError): string | undefined =>
  code.startsWith('23') ? /constraint "([^"]+)"/.exec(message)?.[1] : undefined

const judge = ({ code, details }: RpcError, status: number): Verdict => {
  const known = postgrestVerdicts[code]
  if (known) return known
  // A proxy's page or time-out, a broken answer, or none: whether the call took effect is unknown.
  if (status === 0) return { kind: 'unavailable', ...(neverSent.test(details) ? { isUnsent: true } : {}) }
  if (status >= 500 || status === 408 || (status >= 200 && status < 300)) return { kind: 'unavailable' }
  if (status === 429) return { kind: 'busy' }
  return { kind: 'failed', ...(status === 401 || status === 403 ? { mend: serviceKey } : {}) }
}

export interface RpcFailure {
  error: DatabaseError
  isUnsent: boolean
}

/** An answer that is no result as the port's error, of the same kind as `pg` would give it. */
export const toRpcFailure = (answer: RpcAnswer): RpcFailure => {
  const error = readError(answer.error)
  if (isSqlState(error.code)) {
    const { code, message } = error
    const mend = code === '42501' ? `. ${serviceKey}` : ''
    const cause = Object.assign(new Error(`${message}${mend}`), { code, constraint: constraintOf(error) })
    return { error: toDatabaseError(cause), isUnsent: false }
  }
  const { kind, isUnsent = false, sqlState = null, mend } = judge(error, answer.status)
  const code = error.code ? `${error.code}: ` : ''
  const said = `${code}${error.message.slice(0, 500) || `HTTP ${answer.status} and no answer of a function`}`
  const text = mend ? `${said}. ${mend}` : said
  return { error: new DatabaseError(kind, text, { sqlState, cause: answer.error }), isUnsent }
}
