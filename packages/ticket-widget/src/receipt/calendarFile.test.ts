import { expect, test } from 'vitest'
import { type CalendarEntry, calendarFile } from './calendarFile.ts'

const entry: CalendarEntry = {
  uid: 'order@venuekit',
  summary: 'The Night Owls',
  location: 'The Lantern Room, 214 Canal Street; Chicago',
  description: '2 tickets',
  startsAt: '2026-11-29T02:00:00.000Z',
  endsAt: '2026-11-29T05:00:00.000Z',
  madeAt: Date.parse('2026-11-01T10:00:00.500Z'),
}

/** What a calendar reads: lines unfolded, text unescaped. */
const read = (file: string): Map<string, string> =>
  new Map(
    file
      .replaceAll('\r\n ', '')
      .split('\r\n')
      .filter(Boolean)
      .map(line => {
        const at = line.indexOf(':')
        const text = line.slice(at + 1).replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign))
        return [line.slice(0, at), text]
      }),
  )

test('the date stands in UTC, in the order and with the names that calendars want', () => {
  expect(calendarFile(entry)).toBe(
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//VenueKit//Tickets//EN',
      'CALSCALE:GREGORIAN',
      'BEGIN:VEVENT',
      'UID:order@venuekit',
      'DTSTAMP:20261101T100000Z',
      'DTSTART:20261129T020000Z',
      'DTEND:20261129T050000Z',
      'SUMMARY:The Night Owls',
      'LOCATION:The Lantern Room\\, 214 Canal Street\\; Chicago',
      'DESCRIPTION:2 tickets',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  )
})

test('what nobody knows is left out', () => {
  const file = calendarFile({ ...entry, location: null, endsAt: null })
  expect(file).not.toContain('LOCATION')
  expect(file).not.toContain('DTEND')
})

test('no text breaks out of its line, and each is read as it was written', () => {
  const summary = 'A\\B; C, "D"\nEND:VEVENT\r\nE'
  const file = calendarFile({ ...entry, summary, description: 'a\u2028b\u0007c' })
  expect(file.split('\r\n').filter(line => line === 'END:VEVENT')).toHaveLength(1)
  expect(read(file).get('SUMMARY')).toBe(summary.replace('\r\n', '\n'))
  expect(read(file).get('DESCRIPTION')).toBe('a\nb c')
})

test('no line is longer than 75 octets, and no character is cut in two', () => {
  for (const sign of ['x', 'é', 'ليلة', '🦉', '日本', ',']) {
    const summary = sign.repeat(120)
    const file = calendarFile({ ...entry, summary })
    for (const line of file.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
    expect(read(file).get('SUMMARY')).toBe(summary)
    expect(file).not.toContain('\ufffd')
  }
})
