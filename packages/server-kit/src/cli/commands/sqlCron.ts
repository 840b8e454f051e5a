import type { AddCommand } from '../command.ts'
import { urlOption } from '../options.ts'

/** `venuekit sql cron` */
export const addSqlCron: AddCommand = (sql, cli) => {
  sql
    .command('cron')
    .description('print the SQL that makes pg_cron run the jobs')
    .option(
      '--url <url>',
      'where the kit answers, for the jobs that need more than the database: pg_net calls it',
      urlOption,
    )
    .action(async ({ url }) => {
      const text = await cli.withKit(async ({ kit }) => kit.jobs.cronSql(url === undefined ? {} : { url }))
      cli.answer({ sql: text }, answer => answer.sql.trimEnd())
    })
}
