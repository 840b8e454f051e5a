import { toDatabaseError } from '../adapters/toDatabaseError.ts'
import { DatabaseError, type DatabaseErrorKind } from '../ports/databaseError.ts'
import type { RpcError } from './rpcAnswer.ts'

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

/** What a socket says that never got through. */
const neverSent = /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)\b/

/** PostgREST hands on no name of a constraint but the one in the message. */
const constraintOf = ({ code, message }: RpcError): string | undefined =>
  code?.startsWith('23') ? (/constraint "([^"]+)"/.exec(message)?.[1] ?? undefined) : undefined

const judge = (error: RpcError, status: number): Verdict => {
  const known = postgrestVerdicts[error.code ?? '']
  if (known) return known
  // A proxy's page, a broken answer, or none: whether the call took effect is unknown.
  if (status === 0) return { kind: 'unavailable', ...(neverSent.test(error.details ?? '') ? { isUnsent: true } : {}) }
  if (status >= 500 || (status >= 200 && status < 300)) return { kind: 'unavailable' }
  if (status === 429) return { kind: 'busy' }
  return { kind: 'failed', ...(status === 401 || status === 403 ? { mend: serviceKey } : {}) }
}

export interface RpcFailure {
  error: DatabaseError
  isUnsent: boolean
}

/** The error of an answer as the port's, of the same kind as `pg` would give it. */
export const toRpcFailure = (error: RpcError, status: number): RpcFailure => {
  if (error.code && isSqlState(error.code)) {
    const { code, message } = error
    const mend = code === '42501' ? `. ${serviceKey}` : ''
    const cause = Object.assign(new Error(`${message}${mend}`), { code, constraint: constraintOf(error) })
    return { error: toDatabaseError(cause), isUnsent: false }
  }
  const { kind, isUnsent = false, sqlState = null, mend } = judge(error, status)
  const code = error.code ? `${error.code}: ` : ''
  const said = `${code}${error.message.slice(0, 500) || `HTTP ${status}`}`
  const text = mend ? `${said}. ${mend}` : said
  return { error: new DatabaseError(kind, text, { sqlState, cause: error }), isUnsent }
}
