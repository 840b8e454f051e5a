import type { OperationsJob } from '@venuekit/core/contracts'
import { everyText } from '../format/ageText.ts'
import { Age } from './Age.tsx'
import { Command } from './Command.tsx'
import { Mark, type MarkKind } from './Mark.tsx'
import { Panel } from './Panel.tsx'

const results: Record<OperationsJob['result'], { text: string; mark: MarkKind }> = {
  never: { text: 'has not run yet', mark: 'quiet' },
  running: { text: 'is running', mark: 'quiet' },
  good: { text: 'ended well', mark: 'well' },
  failed: { text: 'failed', mark: 'attention' },
}

const scheduleText = ({ everySeconds, dailyAt }: OperationsJob): string => {
  if (dailyAt !== null) return `daily at ${dailyAt}`
  return everySeconds === null ? '' : everyText(everySeconds)
}

const Job = ({ job }: { job: OperationsJob }) => {
  const { text, mark } = results[job.result] ?? results.never
  const lastAt = job.lastFinishedAt ?? job.lastStartedAt
  return (
    <li class="job">
      <Mark kind={job.stale ? 'attention' : mark} />
      <span class="job-name">
        <code>{job.name}</code>
        <span class="unseen"> {text}</span>
      </span>
      <span class="aside">
        {scheduleText(job)}
        <span class="job-last">{lastAt && job.result !== 'running' ? <Age since={lastAt} /> : text}</span>
      </span>
      {(job.stale || job.result === 'failed') && (
        <p class="job-error">
          {job.stale && 'Overdue: it has not ended well for too long. '}
          {job.error}
        </p>
      )}
      {(job.stale || job.result === 'failed') && <Command text={`venuekit job run ${job.name}`} />}
    </li>
  )
}

export const Jobs = ({ jobs }: { jobs: OperationsJob[] }) => {
  const trouble = jobs.filter(job => job.stale || job.result === 'failed')
  const calm = jobs.filter(job => !trouble.includes(job))
  return (
    <Panel
      id="jobs"
      title="Jobs"
      aside={<span class="count">{trouble.length === 0 ? 'all on time' : `${trouble.length} in trouble`}</span>}
    >
      <ul class="jobs">
        {[...trouble, ...calm].map(job => (
          <Job key={job.name} job={job} />
        ))}
      </ul>
    </Panel>
  )
}
