/** What a step found of each thing it looked at. Every one is counted in exactly one of the others. */
export interface StepCounts {
  read: number
  /** Not made by the kit: left alone. */
  foreign: number
  /** Both sides say the same. */
  agreed: number
  /** Changed on our side, through the functions that webhooks use. */
  mended: number
  /** A person must look: nothing was changed. */
  flagged: number
  /** Flagged by an earlier run, and still so. */
  stillFlagged: number
}

/** In the order in which a run goes through them. */
export const stepNames = [
  'sessions',
  'payments',
  'refunds',
  'disputes',
  'ourPayments',
  'ourRefunds',
  'ourDisputes',
  'pendingPayments',
] as const
export type StepName = (typeof stepNames)[number]

/** Something that needs a person. */
export interface ReconciliationFinding {
  kind:
    | 'payment_differs'
    | 'payment_not_paid_at_gateway'
    | 'payment_not_at_gateway'
    | 'payment_record_lost'
    | 'payment_needs_review'
    | 'payment_without_session'
    | 'session_not_at_gateway'
    | 'orphan_payment'
    | 'refund_differs'
    | 'refund_not_at_gateway'
    | 'refund_needs_review'
    | 'dispute_not_at_gateway'
    | 'comparison_failed'
  /** What it is about, such as `payment:<id>`: one finding a subject. */
  subject: string
  /** What each side says. */
  detail: Record<string, unknown>
}

/** What a run saw and did; kept with it, and in the job's record. */
export type ReconciliationReport = {
  /** ISO, both included. */
  from: string
  until: string
  /** New since the last run; at most 200, the counts are whole. */
  findings: ReconciliationFinding[]
} & Record<StepName, StepCounts>

const noCounts = (): StepCounts => ({ read: 0, foreign: 0, agreed: 0, mended: 0, flagged: 0, stillFlagged: 0 })

export const emptyReport = (window: { from: string; until: string }): ReconciliationReport => ({
  from: window.from,
  until: window.until,
  sessions: noCounts(),
  payments: noCounts(),
  refunds: noCounts(),
  disputes: noCounts(),
  ourPayments: noCounts(),
  ourRefunds: noCounts(),
  ourDisputes: noCounts(),
  pendingPayments: noCounts(),
  findings: [],
})
