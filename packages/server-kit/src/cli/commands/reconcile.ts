import type { ReconciliationResult } from '../../reconciliation/reconcile.ts'
import { type ReconciliationReport, type StepName, stepNames } from '../../reconciliation/reconciliationReport.ts'
import type { Canvas } from '../cli.ts'
import { CliError } from '../cliError.ts'
import type { AddCommand } from '../command.ts'
import { momentOption, numberOption } from '../options.ts'
import { count, words } from '../words.ts'

type Compared = Exclude<ReconciliationResult, { outcome: 'busy' }>

const flaggedIn = (report: ReconciliationReport): number =>
  stepNames.reduce((sum, name) => sum + report[name].flagged + report[name].stillFlagged, 0)

const view = ({ report, resumed, outcome }: Compared, { paint, table }: Canvas): string => {
  const counts = table<StepName>(
    [
      { title: 'Compared', value: words },
      { title: 'Read', value: name => report[name].read },
      { title: 'Agreed', value: name => report[name].agreed },
      { title: 'Mended', value: name => report[name].mended },
      { title: 'Flagged', value: name => report[name].flagged },
      { title: 'Flagged before', value: name => report[name].stillFlagged },
      { title: 'Not ours', value: name => report[name].foreign },
    ],
    stepNames,
  )
  const findings = table<ReconciliationReport['findings'][number]>(
    [
      { title: 'Finding', value: ({ kind }) => words(kind) },
      { title: 'Subject', value: ({ subject }) => subject },
      { title: 'What each side says', value: ({ detail }) => JSON.stringify(detail), wraps: true },
    ],
    report.findings,
  )
  const flagged = flaggedIn(report)
  return [
    `${resumed ? 'Went on with' : 'Compared'} ${report.from} to ${report.until}`,
    counts,
    ...(report.findings.length > 0 ? [findings] : []),
    outcome === 'left'
      ? paint('yellow', 'Ended early, behind a saved page: the same command goes on there.')
      : flagged === 0
        ? paint('green', 'Both books agree.')
        : paint('red', `${count(flagged, 'difference')} that a person must look at.`),
  ].join('\n\n')
}

interface Window {
  from?: string | undefined
  until?: string | undefined
}

const checkWindow = ({ from, until }: Window): void => {
  if ((from === undefined) !== (until === undefined)) {
    throw new CliError('usage', 'invalid_request', 'A window has both ends: give --from and --until, or neither.')
  }
  if (from !== undefined && until !== undefined && from > until) {
    throw new CliError('usage', 'invalid_request', 'A window runs forward: --from must not lie after --until.')
  }
}

/** `venuekit reconcile` */
export const addReconcile: AddCommand = (program, cli) => {
  program
    .command('reconcile')
    .description("compare our books with the gateway's, both ways, and mend what we missed")
    .option('--from <time>', 'a window of your own, with --until; else since the last run', momentOption)
    .option('--until <time>', 'its end', momentOption)
    .option('--overlap-hours <hours>', 'how far behind the last run to begin (default 48)', numberOption(0, 8760))
    .option('--requests-per-second <n>', 'requests to the gateway (default 10)', numberOption(1, 100))
    .action(async ({ from, until, overlapHours, requestsPerSecond }) => {
      checkWindow({ from, until })
      const progress = cli.progress()
      const result = await cli
        .withKit(
          ({ kit }) =>
            kit.reconcile({
              signal: cli.signal,
              onProgress: ({ step, report }) => progress.say(`${words(step)}: ${report[step].read} read`),
              ...(from !== undefined && until !== undefined && { from, until }),
              ...(overlapHours !== undefined && { overlapSeconds: overlapHours * 3600 }),
              ...(requestsPerSecond !== undefined && { requestsPerSecond }),
            }),
          { endsInOrder: true },
        )
        .finally(() => progress.end())
      if (result.outcome === 'busy') {
        throw new CliError('refused', 'busy', 'Another worker is at this comparison: wait for its end.')
      }
      cli.answer(result, view)
      if (result.outcome === 'left') cli.stopIfInterrupted()
      cli.found(flaggedIn(result.report) > 0)
    })
}
