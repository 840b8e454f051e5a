import { ok, orWell, ownerCheck, problem, some, type Verdict, warning } from '../check.ts'

/** A schedule of pg_cron that calls something of ours. */
export interface CronRow {
  name: string
  active: boolean
  /** Of its last run; null where it never ran, or where that may not be read. */
  status: string | null
  message: string | null
}

const judgeCron = (rows: readonly CronRow[] | null): Verdict[] => {
  if (rows === null) return [ok('pg_cron is not used here.')]
  const found: Verdict[] = []
  const idle = rows.filter(({ active }) => !active).map(({ name }) => name)
  if (idle.length > 0)
    found.push(problem(`pg_cron schedules are switched off: ${some(idle)}.`, 'cron.alter_job(…, active := true)'))
  for (const { name, message } of rows.filter(({ status }) => status === 'failed')) {
    found.push(
      warning(
        `pg_cron's last run of ${name} failed: ${message ?? 'it does not say why'}.`,
        'look at cron.job_run_details',
      ),
    )
  }
  return orWell(
    found,
    rows.length === 0 ? 'pg_cron is there and calls nothing of ours.' : `pg_cron runs ${rows.length} schedules.`,
  )
}

const ours = "j.command ~* '(venuekit|ticketing|feed)\\.|/jobs/'"

export const cronCheck = ownerCheck(
  'cron',
  async (query): Promise<CronRow[] | null> => {
    const [there] = await query<{ jobs: boolean; runs: boolean }>(
      `select pg_catalog.to_regclass('cron.job') is not null as jobs,
         pg_catalog.to_regclass('cron.job_run_details') is not null as runs`,
    )
    if (!there?.jobs) return null
    const last = there.runs
      ? 'left join lateral (select d.status, d.return_message from cron.job_run_details d where d.jobid = j.jobid order by d.start_time desc nulls last limit 1) d on true'
      : 'cross join (select null::text as status, null::text as return_message) d'
    return query<CronRow>(
      `select coalesce(j.jobname::text, j.jobid::text) as name, j.active, d.status, d.return_message as message
       from cron.job j ${last} where ${ours} order by 1`,
    )
  },
  judgeCron,
)
