import { setTimeout as delay } from 'node:timers/promises'
import { retryConflicts } from '../adapters/retryConflicts.ts'
import type { Database, SqlFunctionName, SqlResult } from '../ports/database.ts'
import type { RpcAnswer } from './rpcAnswer.ts'
import { toRpcFailure } from './toRpcFailure.ts'

/** As much of a supabase-js client as calls need. */
export interface RpcClient {
  schema(name: string): {
    rpc(name: string, args: Record<string, unknown>): { abortSignal(signal: AbortSignal): PromiseLike<RpcAnswer> }
  }
}

export interface FromSupabaseOptions {
  /** How long a call waits for its answer; 15,000 by default. The project's own `statement_timeout` is shorter. */
  timeoutMs?: number
}

const exposedSchema = 'venuekit_api'
/** How often a call is sent at most that cannot be got through at all. */
const maximumSends = 3

/** JSON leaves out what is undefined, and the function of that many arguments would not be found. */
const toArguments = (args: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(args).map(([name, value]) => [name, value ?? null]))

/**
 * supabase-js calls a 404 without a body a success, one with `[]` an empty list, and any refusal whose body is `null` no
 * error. Every function answers 200 and an object or a plain value.
 */
const isResult = ({ data, error, status }: RpcAnswer): boolean =>
  !error && status === 200 && data !== null && data !== undefined && !Array.isArray(data)

/**
 * Postgres by supabase-js: each call is one `rpc` to its wrapper in the schema `venuekit_api`, which the project's data
 * API must expose, as the service role. For servers only: that key must never reach a browser.
 *
 * @example
 * const database = fromSupabase(createClient(url, serviceRoleKey, { auth: { persistSession: false } }))
 */
export const fromSupabase = (client: RpcClient, options: FromSupabaseOptions = {}): Database => {
  const { timeoutMs = 15_000 } = options

  const send = async (name: string, args: Record<string, unknown>): Promise<unknown> => {
    for (let sends = 1; ; sends += 1) {
      const call = client.schema(exposedSchema).rpc(name, args)
      const answer = await call.abortSignal(AbortSignal.timeout(timeoutMs))
      if (isResult(answer)) return answer.data
      const failure = toRpcFailure(answer)
      if (!failure.isUnsent || sends === maximumSends) throw failure.error
      await delay(Math.random() * 100 * 2 ** sends)
    }
  }
  return {
    async call<Name extends SqlFunctionName>(name: Name, args: Record<string, unknown>) {
      const wrapper = name.replace('.', '_')
      const given = toArguments(args)
      return (await retryConflicts(() => send(wrapper, given))) as SqlResult<Name>
    },
    howToMigrate: 'supabase-js cannot: run `venuekit sql export --supabase` and then `supabase db push`',
    close: async () => {},
  }
}
