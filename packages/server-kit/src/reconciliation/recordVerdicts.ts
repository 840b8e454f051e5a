import { raiseAlert } from '../services/raiseAlert.ts'
import type { ReconciliationFinding, ReconciliationReport, StepName } from './reconciliationReport.ts'
import type { Comparison, ReconciliationRun } from './reconciliationRun.ts'

const maximumFindings = 200

/** Tells a person, once; true where nobody was told before this run. */
const tell = async ({ context, startedAt }: ReconciliationRun, finding: ReconciliationFinding): Promise<boolean> => {
  const { raisedAt } = await raiseAlert(context, finding.subject, {
    code: finding.kind,
    summary: finding.subject,
    fields: finding.detail,
  })
  return raisedAt >= startedAt
}

const keep = ({ findings }: ReconciliationReport, finding: ReconciliationFinding): void => {
  const isListed = findings.some(({ subject }) => subject === finding.subject)
  if (!isListed && findings.length < maximumFindings) findings.push(finding)
}

/** What a page came to, for the run's record. */
export interface RecordedPage {
  /** Dealt with: this run does not ask for them again. */
  subjects: string[]
  /** Fingerprints of alerts that no longer hold. */
  resolved: string[]
}

const resolvedBy = ({ verdict, fingerprint }: Comparison): string[] => {
  if (verdict.kind !== 'flagged') return verdict.subject === undefined ? [fingerprint] : [fingerprint, verdict.subject]
  return verdict.finding.subject === fingerprint ? [] : [fingerprint]
}

/** Counts a page, and raises what needs a person. */
export const recordVerdicts = async (
  run: ReconciliationRun,
  report: ReconciliationReport,
  step: StepName,
  comparisons: Comparison[],
): Promise<RecordedPage> => {
  const counts = report[step]
  for (const { verdict } of comparisons) {
    counts.read += 1
    if (verdict.kind !== 'flagged') {
      counts[verdict.kind] += 1
    } else if (await tell(run, verdict.finding)) {
      counts.flagged += 1
      keep(report, verdict.finding)
    } else {
      counts.stillFlagged += 1
    }
  }
  return {
    subjects: comparisons.flatMap(({ verdict }) => verdict.subject ?? []),
    resolved: comparisons.flatMap(resolvedBy),
  }
}
