import type { AlertSeverity } from '../ports/alerts.ts'

/** What is true of one kind of alert, before any host's own thresholds. */
export interface AlertRule {
  readonly severity: AlertSeverity
  readonly title: string
  readonly meaning: string
  /** Of its section in docs/runbook.md, what is run first; EVENT and ORDER stand for the alert's own. */
  readonly command: string
  /** From when on it is raised; empty for what happened or did not. */
  readonly threshold: Readonly<Record<string, number>>
}
