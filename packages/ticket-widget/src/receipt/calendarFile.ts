/** One date for a calendar; the times are instants in UTC. */
export interface CalendarEntry {
  uid: string
  summary: string
  location: string | null
  description: string
  startsAt: string
  endsAt: string | null
  /** When the file is made, in milliseconds. */
  madeAt: number
}

/** An iCalendar file (RFC 5545) with that one date. */
export const calendarFile = (entry: CalendarEntry): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//VenueKit//Tickets//EN',
    'CALSCALE:GREGORIAN',
    'BEGIN:VEVENT',
    `UID:${textValue(entry.uid)}`,
    `DTSTAMP:${utcTime(entry.madeAt)}`,
    `DTSTART:${utcTime(entry.startsAt)}`,
    ...(entry.endsAt === null ? [] : [`DTEND:${utcTime(entry.endsAt)}`]),
    `SUMMARY:${textValue(entry.summary)}`,
    ...(entry.location === null ? [] : [`LOCATION:${textValue(entry.location)}`]),
    `DESCRIPTION:${textValue(entry.description)}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
    .map(line => `${folded(line)}\r\n`)
    .join('')

/** `20261129T020000Z` */
const utcTime = (moment: string | number): string => new Date(moment).toISOString().replace(/[-:]|\.\d+/g, '')

/** Line breaks of every kind become `\n`; other control characters may not stand in a file at all. */
const textValue = (text: string): string =>
  text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|[\r\n\u2028\u2029]/g, '\\n')
    .replace(/[\p{Cc}]/gu, ' ')

const octetsALine = 75
const encoder = new TextEncoder()

/** No line is longer than 75 octets; the next goes on after a space, and no character is cut in two. */
const folded = (line: string): string => {
  const lines: string[] = []
  let current = ''
  let octets = 0
  for (const character of line) {
    const size = encoder.encode(character).length
    if (octets + size > octetsALine) {
      lines.push(current)
      current = ' '
      octets = 1
    }
    current += character
    octets += size
  }
  return [...lines, current].join('\r\n')
}
