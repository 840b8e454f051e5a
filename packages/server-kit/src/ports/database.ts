import type { AdminFunctions } from './adminFunctions.ts'
import type { AlertFunctions } from './alertFunctions.ts'
import type { AuditFunctions } from './auditFunctions.ts'
import type { CheckInFunctions } from './checkInFunctions.ts'
import type { FeedFunctions } from './feedFunctions.ts'
import type { HoldFunctions } from './holdFunctions.ts'
import type { HostFunctions } from './hostFunctions.ts'
import type { JobFunctions } from './jobFunctions.ts'
import type { MediaFunctions } from './mediaFunctions.ts'
import type { MetricsFunctions } from './metricsFunctions.ts'
import type { OperationsFunctions } from './operationsFunctions.ts'
import type { PurgeFunctions } from './purgeFunctions.ts'
import type { ReconciliationFunctions } from './reconciliationFunctions.ts'
import type { RefundFunctions } from './refundFunctions.ts'
import type { TicketingFunctions } from './ticketingFunctions.ts'
import type { VenuekitFunctions } from './venuekitFunctions.ts'

/** Every SQL function the kit calls: arguments by their SQL names, results as the jsonb they return. */
type SqlFunctions = TicketingFunctions &
  AdminFunctions &
  AlertFunctions &
  AuditFunctions &
  CheckInFunctions &
  HoldFunctions &
  HostFunctions &
  RefundFunctions &
  FeedFunctions &
  MediaFunctions &
  VenuekitFunctions &
  JobFunctions &
  MetricsFunctions &
  OperationsFunctions &
  PurgeFunctions &
  ReconciliationFunctions
export type SqlFunctionName = keyof SqlFunctions
export type SqlArguments<Name extends SqlFunctionName> = SqlFunctions[Name]['args']
export type SqlResult<Name extends SqlFunctionName> = SqlFunctions[Name]['result']

/** The one way to the data: one call, one statement, one transaction, outside any other. */
export interface Database {
  /**
   * Runs `select <name>(arg => $1, …)` and answers its jsonb.
   * Retries 40001, 40P01 and 55P03 with jitter; throws `DatabaseError`.
   */
  call<Name extends SqlFunctionName>(name: Name, args: SqlArguments<Name>): Promise<SqlResult<Name>>
  /** What to do instead, where this adapter cannot run migrations. */
  readonly howToMigrate?: string
  /** Connections of this process, where the adapter keeps a pool. */
  connections?(): PoolState
  close(): Promise<void>
}

/** How many connections a pool has open, how many of these idle, and how many calls wait for one. */
export interface PoolState {
  total: number
  idle: number
  waiting: number
}

/** One connection as the owner of the schemas, for migrations. */
export interface OwnerConnection {
  /** Runs any number of statements without parameters. */
  exec(sql: string): Promise<void>
  query<Row = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]>
}

/** A database that migrations can be applied to. */
export interface MigratableDatabase extends Database {
  withOwner<Result>(work: (connection: OwnerConnection) => Promise<Result>): Promise<Result>
  /** One connection as calls have it, with their rights and settings, for `venuekit doctor`. */
  withApplication?<Result>(work: (connection: OwnerConnection) => Promise<Result>): Promise<Result>
}

export const isMigratable = (database: Database): database is MigratableDatabase => 'withOwner' in database
