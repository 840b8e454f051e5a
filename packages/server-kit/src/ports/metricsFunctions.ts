import type { JobRule, ListedJob } from './jobFunctions.ts'

/** Numbers that the database knows for all nodes. Ages are null where nothing waits. */
export interface DatabaseMetrics {
  inbox: { waiting: number; dead: number; oldestSeconds: number | null }
  /** By state, open ones. */
  orphanPayments: Record<string, number>
  outbox: { waiting: number; dead: number; oldestSeconds: number | null }
  /** By state, those that are not over. */
  refunds: Record<string, number>
  /** Orders, not places. */
  reservations: { live: number; overdue: number; payment_pending: number }
  /** By part: what `check-health` last found in all events. */
  health: Record<string, number>
  /** Open ones by code. */
  alerts: Record<string, number>
  jobs: ListedJob[]
}

export interface MetricsFunctions {
  'venuekit.read_metrics': { args: { jobs: JobRule[] }; result: DatabaseMetrics }
}
