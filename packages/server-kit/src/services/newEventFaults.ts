import { currencyStep, type NewEvent } from '@venuekit/core/contracts'
import { priceOffStep } from './priceOffStep.ts'
import { isTimeZone } from './timeZone.ts'
import { unstorablePaths } from './unstorable.ts'

const isBefore = (start: string | null | undefined, end: string | null | undefined): boolean =>
  !start || !end || Date.parse(start) < Date.parse(end)

const repeats = (ids: readonly string[], path: string): [string, string][] =>
  ids.flatMap((id, index) => (ids.indexOf(id) < index ? [[`${path}.${index}.id`, 'stands twice']] : []))

/** What a schema of single fields does not see; empty where all is well. */
export const newEventFaults = (event: NewEvent): Record<string, string> => {
  const poolIds = (event.pools ?? []).map(pool => pool.id)
  const faults: [string, string][] = [
    ...repeats(poolIds, 'pools'),
    ...repeats(
      event.tiers.map(tier => tier.id),
      'tiers',
    ),
    ...unstorablePaths(event).map((path): [string, string] => [path, 'may hold neither NUL nor unpaired surrogates']),
  ]
  if (!isTimeZone(event.timeZone)) faults.push(['timeZone', 'must be an IANA time zone, such as America/Chicago'])
  if (!isBefore(event.startsAt, event.endsAt)) faults.push(['endsAt', 'must be after startsAt'])
  for (const [index, tier] of event.tiers.entries()) {
    if (tier.priceMinor % currencyStep(event.currency) !== 0) {
      faults.push([`tiers.${index}.priceMinor`, priceOffStep(event.currency)])
    }
    if (tier.poolId && !poolIds.includes(tier.poolId)) faults.push([`tiers.${index}.poolId`, 'no pool of this event'])
    if (!isBefore(tier.salesStartAt, tier.salesEndAt)) {
      faults.push([`tiers.${index}.salesEndAt`, 'must be after salesStartAt'])
    }
  }
  return Object.fromEntries(faults)
}
