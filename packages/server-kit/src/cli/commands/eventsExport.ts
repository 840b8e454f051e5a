import { Option } from '@commander-js/extra-typings'
import type { NewEvent } from '@venuekit/core/contracts'
import type { ExportedEvent } from '../../ports/hostFunctions.ts'
import type { Cli, OpenHost } from '../cli.ts'
import { CliError } from '../cliError.ts'
import type { AddCommand } from '../command.ts'
import { toEventsCsv } from '../eventFiles/csvEvents.ts'
import { toEventsJson } from '../eventFiles/jsonEvents.ts'
import { uuidOption } from '../options.ts'
import { count } from '../words.ts'

/** An id that is mistyped must not read as a venue without events. */
const requireVenue = async ({ kit }: OpenHost, venueId: string): Promise<void> => {
  const venues = await kit.venues.list()
  if (!venues.some(({ id }) => id === venueId)) throw new CliError('refused', 'not_found', `No such venue: ${venueId}.`)
}

const readAll = async (open: OpenHost, venueId: string | undefined, cli: Cli): Promise<ExportedEvent[]> => {
  if (venueId !== undefined) await requireVenue(open, venueId)
  const progress = cli.progress()
  const all: ExportedEvent[] = []
  try {
    for await (const page of open.kit.events.export({ venueId })) {
      all.push(...page)
      progress.say(`${count(all.length, 'event')} read`)
    }
  } finally {
    progress.end()
  }
  return all
}

const chosen = (all: readonly ExportedEvent[], cancelled: boolean): NewEvent[] =>
  all.filter(({ status }) => cancelled || status !== 'cancelled').map(({ event }) => event)

/** `venuekit events export` */
export const addExport: AddCommand = (events, cli) => {
  events
    .command('export')
    .description('all events on stdout, as import takes them')
    .addOption(new Option('--format <format>', 'default json').choices(['csv', 'json'] as const))
    .option('--venue <id>', "this venue's alone", uuidOption)
    .option('--cancelled', 'cancelled ones too: imported elsewhere they would be on sale')
    .action(async ({ format = 'json', venue, cancelled = false }) => {
      if (cli.options.json && format === 'csv') {
        throw new CliError('usage', 'invalid_request', '--json and --format csv exclude each other.')
      }
      const found = chosen(await cli.withKit(open => readAll(open, venue, cli)), cancelled)
      const view = format === 'csv' ? toEventsCsv : toEventsJson
      // What stands in an event is for everybody.
      cli.answer({ events: found }, ({ events: shown }) => view(shown).trimEnd(), { verbatim: true })
    })
}
