import type { Retention } from '../services/retention.ts'
import type { JobSchedule } from './job.ts'
import { type JobName, jobNames, jobs } from './jobs.ts'

export interface CronSqlOptions {
  /** Where the kit answers, such as `https://tickets.example.com`: for jobs that need more than the database. */
  url?: string
  /**
   * A SQL expression for the jobs' secret, so that it stands in no job's text. By default the secret
   * `venuekit_jobs_secret` of Supabase's Vault.
   */
  secretSql?: string
}

const vaultSecret = "(select decrypted_secret from vault.decrypted_secrets where name = 'venuekit_jobs_secret')"

/** Jobs that the database can do alone, and how. */
const sqlJobs: Partial<Record<JobName, (retention: Retention) => string>> = {
  purge: retention => `select venuekit.run_purge(${literal(JSON.stringify(retention))})`,
  'roll-up-sales': () => 'select venuekit.run_roll_up_sales()',
}

/** Those that call a gateway, a mail server or a person, and so need somebody to call the kit. */
export const jobsForCallers: readonly JobName[] = jobNames.filter(name => !Object.hasOwn(sqlJobs, name))

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** How often to ask. The slot decides what becomes of it, so that a daily job's zone is none of cron's business. */
const cronOf = (schedule: JobSchedule): string => {
  if ('dailyAt' in schedule || schedule.everySeconds > 600) return '*/10 * * * *'
  return schedule.everySeconds > 60 ? `*/${schedule.everySeconds / 60} * * * *` : '* * * * *'
}

const readUrl = (url: string): string => {
  const { protocol, search, hash, href } = new URL(url)
  if (!/^https?:$/.test(protocol) || search !== '' || hash !== '')
    throw new RangeError(`url: ${url} is no place to call`)
  return href.replace(/\/$/, '')
}

const httpCall = (name: JobName, url: string, secretSql: string): string => `select net.http_post(
  url := ${literal(`${url}/jobs/${name}`)},
  headers := jsonb_build_object('Authorization', 'Bearer ' || ${secretSql}),
  timeout_milliseconds := 300000)`

const schedule = (name: JobName, command: string): string =>
  `select cron.schedule(${literal(`venuekit ${name}`)}, ${literal(cronOf(jobs[name]))}, ${literal(command)});`

/**
 * The text that makes `pg_cron` run the jobs: in SQL what the database can do alone, by `pg_net` what needs the kit.
 * Run it as who may use the schema `cron`, again after each release: it replaces what it scheduled before. Without
 * `url` it says in a comment which jobs still need a caller. Throws `RangeError` for a url that is none.
 */
export const cronSql = (retention: Retention, { url, secretSql = vaultSecret }: CronSqlOptions = {}): string => {
  const place = url === undefined ? null : readUrl(url)
  const lines = jobNames.flatMap(name => {
    const command = sqlJobs[name]?.(retention)
    if (command !== undefined) return [schedule(name, command)]
    return place === null ? [] : [schedule(name, httpCall(name, place, secretSql))]
  })
  const callers = place === null ? [`-- These need a caller of POST /jobs/<name>: ${jobsForCallers.join(', ')}.`] : []
  const fresh = "select cron.unschedule(jobid) from cron.job where jobname like 'venuekit %';"
  return `${['begin;', fresh, ...callers, ...lines, 'commit;'].join('\n')}\n`
}
