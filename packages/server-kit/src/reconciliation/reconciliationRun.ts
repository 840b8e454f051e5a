import type { KitContext } from '../services/kitContext.ts'
import type { Pace } from './pacer.ts'
import type { ReconciliationFinding } from './reconciliationReport.ts'

/** What the steps of one run share. */
export interface ReconciliationRun {
  readonly context: KitContext
  readonly runId: string
  /** ISO, both included. */
  readonly from: string
  readonly until: string
  readonly startedAt: string
  /** Awaited before each request to the gateway. */
  readonly pace: Pace
}

/** What is compared. `subject` is the thing's own, such as `payment:<id>`. */
export interface Subject {
  subject: string
  /** For whoever must look at it: ids and amounts, nothing of a buyer. */
  detail: Record<string, unknown>
}

/** What one thing came to. `subject` marks it as dealt with, such as `payment:<id>`. */
export type Verdict =
  | { kind: 'foreign' | 'agreed' | 'mended'; subject?: string }
  | { kind: 'flagged'; subject: string; finding: ReconciliationFinding }

/** A thing and what it came to. */
export interface Comparison {
  verdict: Verdict
  /** Of the alert that is open for as long as the thing cannot be compared. */
  fingerprint: string
}

/** A part of a list, dealt with: the run is saved behind it. */
export interface ComparisonPage {
  comparisons: Comparison[]
  /** The last object of a gateway's list; null where the database's marks say what is left. */
  cursor: string | null
}

/** One comparison. Goes on behind `cursor`; each page may be dealt with twice. */
export type Step = (run: ReconciliationRun, cursor: string | null) => AsyncIterable<ComparisonPage>

export const flag = (finding: ReconciliationFinding): Verdict => ({
  kind: 'flagged',
  subject: finding.subject,
  finding,
})
