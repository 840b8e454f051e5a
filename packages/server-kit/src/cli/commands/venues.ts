import { randomUUID } from 'node:crypto'
import { InvalidArgumentError } from '@commander-js/extra-typings'
import type { VenueKey } from '../../services/hostVenues.ts'
import type { Canvas } from '../cli.ts'
import type { AddCommand } from '../command.ts'
import { uuidOption } from '../options.ts'
import { plainText } from '../plainText.ts'

interface VenueReport {
  applied: boolean
  venue: ListedVenue
  key: VenueKey
}

interface ListedVenue {
  id: string
  name: string
}

/** An origin as browsers send it: no path, no slash behind. */
const originsOption = (text: string, before: string[] | undefined): string[] => {
  const parsed = URL.canParse(text) ? new URL(text) : null
  if (parsed && /^https?:$/.test(parsed.protocol) && parsed.origin === text.replace(/\/$/, '')) {
    return [...(before ?? []), parsed.origin]
  }
  throw new InvalidArgumentError('It must be scheme, host and port, such as https://venue.example.')
}

const keyOption = (text: string): string => {
  if (/^vk_pub_[A-Za-z0-9_-]{8,}$/.test(text)) return text
  throw new InvalidArgumentError('It must be vk_pub_ and at least 8 letters and digits.')
}

const nameArgument = (text: string): string => {
  const name = text.trim()
  if (name !== '' && name.length <= 200 && !/\p{Cc}/u.test(name)) return name
  throw new InvalidArgumentError('A venue needs a name, in one line of at most 200 characters.')
}

const viewList = (venues: ListedVenue[], { table }: Canvas): string =>
  venues.length === 0
    ? 'There are none: venuekit venues create makes one.'
    : table<ListedVenue>(
        [
          { title: 'Venue', value: ({ id }) => id },
          { title: 'Name', value: ({ name }) => name, wraps: true },
        ],
        venues,
      )

const viewCreate = ({ applied, venue, key }: VenueReport, { paint }: Canvas): string =>
  [
    `${paint('bold', plainText(venue.name))}  ${venue.id}`,
    `Publishable key ${key.publishableKey}, for ${key.allowedOrigins.join(', ') || 'servers alone'}`,
    applied ? paint('green', 'It is there.') : paint('yellow', 'Nothing was written: --apply does it.'),
  ].join('\n')

/** `venuekit venues list`, `venuekit venues create` */
export const addVenues: AddCommand = (program, cli) => {
  const venues = program.command('venues').description('venues and the keys that their pages use')
  venues
    .command('list')
    .description('all venues')
    .action(async () => {
      cli.answer(await cli.withKit(({ kit }) => kit.venues.list()), viewList)
    })
  venues
    .command('create')
    .description('a venue with a publishable key; once more with the same id sets the origins anew')
    .argument('<name>', "the venue's", nameArgument)
    .option('--id <id>', 'default: a new one', uuidOption)
    .option('--origin <origin>', 'a page that may use the key; may stand several times', originsOption)
    .option('--key <key>', 'vk_pub_…, which is no secret (default: made of the id)', keyOption)
    .option('--apply', 'write it')
    .action(async (name, { id = randomUUID(), origin = [], key, apply = false }) => {
      const report: VenueReport = {
        applied: apply,
        venue: { id, name },
        key: { publishableKey: key ?? `vk_pub_${id.replaceAll('-', '')}`, venueId: id, allowedOrigins: origin },
      }
      await cli.withKit(async ({ kit }) => {
        if (!apply) return
        await kit.venues.create(report.venue)
        await kit.venues.setKey(report.key)
      })
      cli.answer(report, viewCreate)
    })
}
