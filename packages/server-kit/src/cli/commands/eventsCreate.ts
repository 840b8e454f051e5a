import { CliError } from '../cliError.ts'
import type { AddCommand } from '../command.ts'
import { readEvents } from '../eventFiles/eventFile.ts'
import { importRead } from '../eventFiles/importReport.ts'
import { jsonEvents } from '../eventFiles/jsonEvents.ts'

/** `venuekit events create` */
export const addCreate: AddCommand = (events, cli) => {
  events
    .command('create')
    .description('create one event from a JSON file, as init writes one; without --apply, check it')
    .argument('<file>', 'or - for stdin')
    .option('--apply', 'write it')
    .action(async (file, { apply = false }) => {
      const read = jsonEvents(await cli.readInput(file), file)
      if (read.events.length !== 1) {
        throw new CliError(
          'usage',
          'invalid_request',
          `${file} has ${read.events.length} events: venuekit events import takes several.`,
        )
      }
      await importRead(cli, readEvents(read), { apply })
    })
}
