import { sqlStateOf } from '../migrations/sqlStateOf.ts'
import { DatabaseError, type DatabaseErrorKind } from '../ports/databaseError.ts'

/** A transaction that lost against another one and left nothing: run it again. */
export const conflictStates = {
  serialization_failure: '40001',
  deadlock_detected: '40P01',
  lock_not_available: '55P03',
} as const

const kinds: Record<string, DatabaseErrorKind> = {
  [conflictStates.serialization_failure]: 'busy',
  [conflictStates.deadlock_detected]: 'busy',
  [conflictStates.lock_not_available]: 'busy',
  /** query_canceled: a timeout of the server's own. */
  '57014': 'busy',
  VK001: 'sold_out',
  /** too_many_connections */
  '53300': 'unavailable',
  /** admin_shutdown, crash_shutdown, cannot_connect_now, database_dropped */
  '57P01': 'unavailable',
  '57P02': 'unavailable',
  '57P03': 'unavailable',
  '57P04': 'unavailable',
  /** idle_session_timeout */
  '57P05': 'unavailable',
  /** read_only_sql_transaction: after a failover this connection leads to the standby. */
  '25006': 'unavailable',
}

const kindOf = (sqlState: string | null): DatabaseErrorKind => {
  // No server answered: a socket error or a time-out of our own.
  if (sqlState === null || sqlState.startsWith('08')) return 'unavailable'
  return kinds[sqlState] ?? 'failed'
}

/** Any client's error as the port's. */
export const toDatabaseError = (error: unknown): DatabaseError => {
  if (error instanceof DatabaseError) return error
  const sqlState = sqlStateOf(error)
  const { constraint } = error as { constraint?: unknown }
  return new DatabaseError(kindOf(sqlState), error instanceof Error ? error.message : String(error), {
    sqlState,
    constraint: typeof constraint === 'string' ? constraint : null,
    cause: error,
  })
}
