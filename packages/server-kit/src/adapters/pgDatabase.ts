import pg from 'pg'
import type { MigratableDatabase, OwnerConnection, SqlFunctionName, SqlResult } from '../ports/database.ts'
import { slowReads } from '../ports/slowReads.ts'
import { createGates } from './createGates.ts'
import { retryConflicts } from './retryConflicts.ts'
import { type SqlCall, sqlCall } from './sqlCall.ts'
import { toDatabaseError } from './toDatabaseError.ts'

export interface PgOptions {
  /** A login that is a member of `venuekit_app`, or the owner's together with `role`. */
  connectionString: string
  /** For migrations; the same as `connectionString` where it is left out. */
  ownerConnectionString?: string
  /**
   * Role that calls run as, such as `venuekit_app`, where `connectionString` logs in as somebody with more rights.
   * Sent as a start-up option, which poolers in transaction mode refuse: give those a login of its own.
   */
  role?: string
  /**
   * Connections at most; 10 by default. A third of them takes what is slow and what nobody buys by (`slowReads`), two
   * thirds the calls of one event.
   */
  poolSize?: number
  /** How long a call waits for a free connection or for a new one. */
  connectTimeoutMs?: number
  /** How long a call waits for its answer: a half-open connection never gives one. */
  statementTimeoutMs?: number
  idleTimeoutMs?: number
}

const shared = { keepAlive: true, keepAliveInitialDelayMillis: 10_000, application_name: 'venuekit' }

const defaultPoolSize = 10
const defaultConnectTimeoutMs = 5000

const roleOption = ({ role }: PgOptions): { options?: string } =>
  role === undefined ? {} : { options: `-c role=${role}` }

const makePool = (options: PgOptions): pg.Pool => {
  const pool = new pg.Pool({
    ...shared,
    connectionString: options.connectionString,
    max: options.poolSize ?? defaultPoolSize,
    connectionTimeoutMillis: options.connectTimeoutMs ?? defaultConnectTimeoutMs,
    query_timeout: options.statementTimeoutMs ?? 15_000,
    idleTimeoutMillis: options.idleTimeoutMs ?? 30_000,
    ...roleOption(options),
  })
  // Without a listener a connection that breaks while nobody uses it ends the process. The pool drops it by itself.
  pool.on('error', () => {})
  pool.on('connect', client => client.on('error', () => {}))
  return pool
}

/**
 * `pool.query` would destroy the connection on any SQL error, and making a new one costs fifty calls. Here only a
 * connection that broke, or that still owes an answer, is destroyed.
 */
const runOnce = async (pool: pg.Pool, { text, values }: SqlCall): Promise<unknown> => {
  const client = await pool.connect()
  let broken = false
  try {
    const { rows } = await client.query<{ result: unknown }>(text, values)
    return rows[0]?.result
  } catch (error) {
    broken = toDatabaseError(error).kind === 'unavailable'
    throw error
  } finally {
    client.release(broken)
  }
}

const toOwnerConnection = (client: pg.Client): OwnerConnection => ({
  async exec(sql) {
    await client.query(sql)
  },
  async query<Row>(sql: string, parameters: unknown[] = []) {
    const { rows } = await client.query(sql, parameters)
    return rows as Row[]
  },
})

const useConnection = async <Result>(
  settings: pg.ClientConfig,
  work: (connection: OwnerConnection) => Promise<Result>,
): Promise<Result> => {
  const client = new pg.Client({ ...shared, ...settings, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw toDatabaseError(error)
  }
  try {
    return await work(toOwnerConnection(client))
  } finally {
    await client.end().catch(() => {})
  }
}

/**
 * Postgres by `pg`. Connects when first called. Keeps no session state, so that any pooler may stand between: each
 * call is one bare statement, and lock time-outs (3 s, answered as `busy`) belong to the functions themselves.
 */
export const pgDatabase = (options: PgOptions): MigratableDatabase => {
  const { poolSize = defaultPoolSize, connectTimeoutMs = defaultConnectTimeoutMs } = options
  const pool = makePool(options)
  const third = Math.max(1, Math.floor(poolSize / 3))
  const share = createGates(third, connectTimeoutMs)
  /** Whatever holds one event locked, and all its calls with it, the others have a third. */
  const shareOfEvent = createGates(Math.max(1, poolSize - third), connectTimeoutMs)
  let closing: Promise<void> | undefined
  return {
    async call<Name extends SqlFunctionName>(name: Name, args: Record<string, unknown>) {
      const statement = sqlCall(name, args)
      const run = () => retryConflicts(() => runOnce(pool, statement))
      const { event_id: eventId } = args
      const ofEvent = () => (typeof eventId === 'string' ? shareOfEvent(eventId, run) : run())
      return (await (slowReads.has(name) ? share('slow reads', ofEvent) : ofEvent())) as SqlResult<Name>
    },
    connections: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    withOwner: work =>
      useConnection({ connectionString: options.ownerConnectionString ?? options.connectionString }, work),
    withApplication: work =>
      useConnection({ connectionString: options.connectionString, ...roleOption(options) }, work),
    close() {
      closing ??= pool.end()
      return closing
    },
  }
}
