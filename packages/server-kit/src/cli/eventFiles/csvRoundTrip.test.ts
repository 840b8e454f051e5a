import type { NewEvent } from '@venuekit/core/contracts'
import { expect, test } from 'vitest'
import { csvEvents, toEventsCsv } from './csvEvents.ts'

const eventNamed = (name: string): NewEvent => ({
  id: crypto.randomUUID(),
  venueId: crypto.randomUUID(),
  name,
  description: `${name}\r\nand more `,
  startsAt: '2030-06-01T19:00:00.000Z',
  timeZone: 'America/Chicago',
  currency: 'USD',
  tiers: [{ id: crypto.randomUUID(), name, description: name, priceMinor: 0, capacity: 5 }],
})

const signs = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']

test.each([
  ...signs.flatMap(sign => [`${sign}Bar`, `'${sign}Bar`, `'''${sign}Bar`]),
  "'Bar",
  "''",
  "'",
  'GA ',
  ' GA',
  '  ',
  'a "quoted", word; and\nanother\tline',
  '=1+1 ',
  'true',
  '12',
])('%j is exported and read again as it was', name => {
  const event = eventNamed(name)
  // As the file has it: what the contract says of such a name comes after.
  const { events, faults } = csvEvents(toEventsCsv([event]))
  expect(events.map(({ value }) => value)).toEqual([{ ...event, pools: [] }])
  expect(faults).toEqual([])
})

test('no cell of an export begins as a formula does', () => {
  for (const sign of signs) {
    expect(toEventsCsv([eventNamed(`${sign}1+1`)])).not.toMatch(
      new RegExp(`(^|[,"])[${sign.replace('-', '\\-')}]`, 'm'),
    )
  }
})
