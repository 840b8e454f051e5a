import { resolve } from 'node:path'
import { exportSupabase } from '../../supabaseExport/exportSupabase.ts'
import { ExportConflict, type WrittenExport, writeExport } from '../../supabaseExport/writeExport.ts'
import type { Canvas } from '../cli.ts'
import { CliError } from '../cliError.ts'
import type { AddCommand } from '../command.ts'
import { folderOption } from '../options.ts'
import { count } from '../words.ts'

const view = ({ folder, written, kept }: WrittenExport, { paint }: Canvas): string => {
  const there = kept.length > 0 ? `, ${count(kept.length, 'file')} there already` : ''
  const done = `${count(written.length, 'file')} written to ${folder}${there}.`
  const next = written.length > 0 ? '\nPush them: supabase db push --include-all' : ''
  return `${written.map(name => `  ${name}\n`).join('')}${paint('green', done)}${next}`
}

const toRefusal = (error: unknown, folder: string): CliError =>
  error instanceof ExportConflict
    ? new CliError('refused', 'changed_migration', error.message, { cause: error })
    : new CliError('refused', 'not_written', `${folder} cannot be written: ${(error as Error).message}`, {
        cause: error,
      })

/** `venuekit sql export` */
export const addSqlExport: AddCommand = (sql, cli) => {
  sql
    .command('export')
    .description('write the database as migration files; adds what is missing, changes none that is there')
    .requiredOption('--supabase', 'for the Supabase CLI')
    .option('--to <folder>', 'where they go (default supabase/migrations)', folderOption)
    .action(async ({ to = 'supabase/migrations' }) => {
      const folder = resolve(cli.terminal.folder, to)
      const files = await exportSupabase()
      cli.answer(
        await writeExport(folder, files).catch(error => {
          throw toRefusal(error, folder)
        }),
        view,
      )
    })
}
