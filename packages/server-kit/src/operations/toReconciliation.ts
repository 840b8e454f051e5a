import type { OperationsReconciliation } from '@venuekit/core/contracts'
import type { StoredReconciliation } from '../ports/operationsFunctions.ts'
import { stepNames } from '../reconciliation/reconciliationReport.ts'

const maximumFindings = 20

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0)

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** A run in short. Its report is as far as it came, or as an older release wrote it: what is missing counts as none. */
export const toReconciliation = ({ report, ...run }: StoredReconciliation): OperationsReconciliation => {
  const steps = stepNames.map(name => report[name]).filter(isRecord)
  const sum = (count: string) => steps.reduce((total, step) => total + numberOf(step[count]), 0)
  const findings = Array.isArray(report.findings) ? report.findings.filter(isRecord) : []
  return {
    ...run,
    read: sum('read'),
    mended: sum('mended'),
    flagged: sum('flagged') + sum('stillFlagged'),
    findings: findings
      .slice(0, maximumFindings)
      .map(({ kind, subject }) => ({ kind: textOf(kind), subject: textOf(subject) })),
  }
}
