import { InvalidArgumentError } from '@commander-js/extra-typings'
import type { JobSchedule } from '../../jobs/job.ts'
import { isJobName, type JobName, jobNames } from '../../jobs/jobs.ts'
import { hasFailed, type JobStatus } from '../../jobs/listJobs.ts'
import type { JobRun } from '../../jobs/runJob.ts'
import type { Canvas, Cli } from '../cli.ts'
import { CliError } from '../cliError.ts'
import type { AddCommand } from '../command.ts'
import { toCliError } from '../failure.ts'
import { count, words } from '../words.ts'

const scheduleText = (schedule: JobSchedule): string =>
  'dailyAt' in schedule ? `daily at ${schedule.dailyAt}` : `every ${schedule.everySeconds} s`

const standOf = (status: JobStatus): string => {
  const { stale, underWay, lastRun, due } = status
  if (underWay) return 'under way'
  if (stale) return lastRun ? 'stale' : 'never ran'
  if (hasFailed(status)) return 'failed'
  return due ? 'due' : 'waiting'
}

const isWrong = (status: JobStatus): boolean => (status.stale && !status.underWay) || hasFailed(status)

/** What a run counted, without what it did not; --json has all of it. */
const reportText = (report: Record<string, unknown> | null): string =>
  Object.entries(report ?? {})
    .flatMap(([name, value]) => (typeof value === 'number' && value !== 0 ? [`${words(name)} ${value}`] : []))
    .concat(typeof report?.error === 'string' ? [report.error] : [])
    .join(', ')

const lastRunText = (status: JobStatus): string => {
  const { lastRun } = status
  return hasFailed(status) && lastRun?.failed === null ? 'its process died' : reportText(lastRun?.report ?? null)
}

const viewList = (jobs: JobStatus[], { paint, table }: Canvas): string => {
  const rows = table<JobStatus>(
    [
      { title: 'Job', value: ({ job }) => job },
      { title: 'Schedule', value: ({ schedule }) => scheduleText(schedule) },
      { title: 'State', value: standOf, colour: job => (isWrong(job) ? 'red' : 'green') },
      { title: 'Last good run', value: ({ lastGoodAt }) => lastGoodAt ?? 'none' },
      { title: 'Last run', value: lastRunText, wraps: true },
    ],
    jobs,
  )
  const wrong = jobs.filter(isWrong).length
  const end =
    wrong === 0 ? 'Every job runs as it should.' : `${count(wrong, 'job')} stale or failed: do jobs run at all?`
  return `${rows}\n\n${paint(wrong === 0 ? 'green' : 'red', end)}`
}

const refusals = {
  not_due: 'It is not time yet. --now runs it beside its schedule.',
  taken: 'Its present slot has had its run. --now runs it once more, beside its schedule.',
  under_way: 'A run of it is under way.',
}

const viewRun = (run: JobRun, { paint }: Canvas): string =>
  run.taken
    ? `${paint('green', `${run.job} ran`)} (${run.slot}). ${reportText(run.report) || 'There was nothing to do.'}`
    : `${run.job} did not run. ${refusals[run.reason]}`

const jobArgument = (text: string): JobName => {
  if (isJobName(text)) return text
  throw new InvalidArgumentError(`There is no such job. There are: ${jobNames.join(', ')}.`)
}

/** What a job throws is what went wrong in it, not in the command line. */
const failedJob = (name: JobName, error: unknown): CliError => {
  const told = toCliError(error)
  if (told.ending !== 'internal') return told
  return new CliError(
    'refused',
    'job_failed',
    `${name} failed: ${error instanceof Error ? error.message : String(error)}`,
    {
      cause: error,
    },
  )
}

const runJob = (cli: Cli, name: JobName, extra: boolean): Promise<JobRun> =>
  cli.withKit(
    async ({ kit }) => {
      try {
        return await kit.jobs.run(name, { extra, signal: cli.signal })
      } catch (error) {
        throw failedJob(name, error)
      }
    },
    { endsInOrder: true },
  )

/** `venuekit job list`, `venuekit job run` */
export const addJob: AddCommand = (program, cli) => {
  const job = program.command('job').description('jobs: how they stand, and one run by hand')
  job
    .command('list')
    .description('every job with its schedule and its last run')
    .action(async () => {
      const jobs = await cli.withKit(({ kit }) => kit.jobs.list())
      cli.answer(jobs, viewList)
      cli.found(jobs.some(isWrong))
    })
  job
    .command('run')
    .description('run a job if it is due, as a scheduler does')
    .argument('<name>', 'such as check-health', jobArgument)
    .option('--now', 'though it is not due; uses no slot up')
    .action(async (name, { now }) => {
      const run = await runJob(cli, name, now ?? false)
      cli.answer(run, viewRun)
      cli.stopIfInterrupted()
    })
}
