import { raiseAlert } from '../services/raiseAlert.ts'
import type { ReconciliationFinding, ReconciliationReport, StepName } from './reconciliationReport.ts'
import type { ReconciliationRun, Verdict } from './reconciliationRun.ts'

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

/** Counts a page, raises what needs a person, and answers the subjects that are dealt with. */
export const recordVerdicts = async (
  run: ReconciliationRun,
  report: ReconciliationReport,
  step: StepName,
  verdicts: Verdict[],
): Promise<string[]> => {
  const counts = report[step]
  for (const verdict of verdicts) {
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
  return verdicts.flatMap(({ subject }) => subject ?? [])
}
