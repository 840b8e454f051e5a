import { Option } from '@commander-js/extra-typings'
import { CliError } from '../cliError.ts'
import type { AddCommand } from '../command.ts'
import { csvEvents } from '../eventFiles/csvEvents.ts'
import { type EventFile, readEvents } from '../eventFiles/eventFile.ts'
import { importRead } from '../eventFiles/importReport.ts'
import { jsonEvents } from '../eventFiles/jsonEvents.ts'

const readers = { csv: csvEvents, json: jsonEvents } as const satisfies Record<
  string,
  (text: string, name: string) => EventFile
>

type Format = keyof typeof readers

const formatOf = (file: string, asked: Format | undefined): Format => {
  if (asked) return asked
  const extension = /\.(csv|json)$/i.exec(file)?.[1]?.toLowerCase()
  if (extension === 'csv' || extension === 'json') return extension
  throw new CliError('usage', 'invalid_request', `Is ${file} CSV or JSON? --format says it.`)
}

/** `venuekit events import` */
export const addImport: AddCommand = (events, cli) => {
  events
    .command('import')
    .description('create the events of a file, CSV or JSON; without --apply, check them and tell')
    .argument('<file>', 'or - for stdin')
    .addOption(new Option('--format <format>', 'where the name does not tell').choices(['csv', 'json'] as const))
    .option('--apply', 'write what is new, once everything is well')
    .action(async (file, { format, apply = false }) => {
      const read = readers[formatOf(file, format)]
      await importRead(cli, readEvents(read(await cli.readInput(file), file)), { apply })
    })
}
