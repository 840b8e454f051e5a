import { resolve } from 'node:path'
import { exportSupabase } from '../../supabaseExport/exportSupabase.ts'
import { ExportConflict, type WrittenExport, writeExport } from '../../supabaseExport/writeExport.ts'
import type { Canvas } from '../cli.ts'
import { CliError } from '../cliError.ts'
import type { AddCommand } from '../command.ts'
import { count } from '../words.ts'

const view = ({ folder, written, kept }: WrittenExport, { paint }: Canvas): string => {
  const there = kept.length > 0 ? `, ${count(kept.length, 'file')} there already` : ''
  const done = `${count(written.length, 'file')} written to ${folder}${there}.`
  const next = written.length > 0 ? '\nPush them: supabase db push --include-all' : ''
  return `${written.map(name => `  ${name}\n`).join('')}${paint('green', done)}${next}`
}

/** `venuekit sql export` */
export const addSqlExport: AddCommand = (sql, cli) => {
  sql
    .command('export')
    .description('write the database as migration files; adds what is missing, changes none that is there')
    .requiredOption('--supabase', 'for the Supabase CLI')
    .option('--to <folder>', 'where they go', 'supabase/migrations')
    .action(async ({ to }) => {
      const folder = resolve(cli.terminal.folder, to)
      try {
        cli.answer(await writeExport(folder, await exportSupabase()), view)
      } catch (error) {
        if (!(error instanceof ExportConflict)) throw error
        throw new CliError('refused', 'changed_migration', error.message, { cause: error })
      }
    })
}
