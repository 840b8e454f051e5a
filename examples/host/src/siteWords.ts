import type { Database } from '@venuekit/server-kit'
import { type NightName, nightIds, venue } from './programme.ts'

/** The words that the venue's pages leave open: ids, and when each night is. */
export const siteWords = async (database: Database): Promise<Record<string, string>> => {
  const words: Record<string, string> = { key: venue.publishableKey, feed: venue.feedId }
  for (const name of Object.keys(nightIds) as NightName[]) {
    const found = await database.call('ticketing.get_event', { event_id: nightIds[name], venue_id: venue.id })
    if (found.outcome !== 'found') continue
    const start = new Date(found.event.startsAt)
    words[`${name}.id`] = nightIds[name]
    words[`${name}.day`] = format(start, { weekday: 'short', day: 'numeric', month: 'short' })
    words[`${name}.when`] = format(start, { dateStyle: 'full', timeStyle: 'short' })
  }
  return words
}

const format = (date: Date, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-US', { ...options, timeZone: venue.timeZone }).format(date)
