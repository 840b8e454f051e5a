import { CliError } from './cliError.ts'

const onlyLooking = 'venuekit'

/** What changes data is recorded with its actor; a run that only looks needs none. */
export const requireActor = ({ apply, actor }: { apply?: true | undefined; actor?: string | undefined }): string => {
  if (actor !== undefined) return actor
  if (!apply) return onlyLooking
  throw new CliError('usage', 'invalid_request', '--apply needs --actor: say who does it, for the record.', {
    fields: { actor: 'is missing' },
  })
}
