import type { NewEvent } from '@venuekit/core/contracts'
import { expect, test } from 'vitest'
import { newEventFaults } from '../../services/newEventFaults.ts'
import { csvEvents, toEventsCsv } from './csvEvents.ts'
import { readEvents } from './eventFile.ts'

const id = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`

const event: NewEvent = {
  id: id(1),
  venueId: id(2),
  name: '=Late "Set", live',
  description: 'Two lines\nof text',
  startsAt: '2030-06-01T19:00:00.000Z',
  timeZone: 'America/Chicago',
  currency: 'USD',
  delayedPayments: true,
  pools: [{ id: id(5), name: 'Room', capacity: 80 }],
  tiers: [
    { id: id(3), name: 'Chair', priceMinor: 2500, capacity: 50, poolId: id(5) },
    { id: id(4), name: 'Standing', priceMinor: 0, capacity: 50, poolId: id(5) },
  ],
}

const heading = 'event_id,venue_id,name,starts_at,time_zone,currency,tier_id,tier_name,tier_price_minor,tier_capacity'
const row = (change: Partial<Record<'event' | 'name' | 'tier' | 'price' | 'capacity', string>> = {}) => {
  const { event: eventId = id(1), name = 'Late Set', tier = id(3), price = '2500', capacity = '50' } = change
  return `${eventId},${id(2)},${name},2030-06-01T19:00:00Z,America/Chicago,USD,${tier},Chair,${price},${capacity}`
}
const faultsOf = (text: string) =>
  readEvents(csvEvents(text)).faults.map(({ line, field, problem }) => [line, field, problem])

test('what was exported is read again as it was, a formula and two lines of text included', () => {
  const csv = toEventsCsv([event])
  expect(csv).toContain(`'=Late`)
  expect(readEvents(csvEvents(csv))).toMatchObject({ events: [event], faults: [] })
})

test('each bad cell is named by its line and column, past a text of several lines too', () => {
  const text = [
    heading,
    row({ name: '"Late\nSet"' }),
    row({ event: id(6), tier: id(7), price: '25.00' }),
    row({ event: id(8), capacity: '' }),
  ]
  expect(faultsOf(text.join('\n')).map(([line, field]) => [line, field])).toEqual([
    [2, 'name'],
    [4, 'tier_price_minor'],
    [5, 'tier_capacity'],
  ])
})

test('what a cell must be is told in plain words', () => {
  const cells = `${id(1)},${id(2)},Late Set,2030-02-30T19:00:00Z,America/Chicago,usd,seven,Chair,25.00,`
  expect(faultsOf(`${heading}\n${cells}`)).toEqual([
    [2, 'starts_at', 'must be a time in UTC that the calendar has, such as 2030-06-01T19:00:00Z'],
    [2, 'currency', 'must be a currency in capitals, such as USD'],
    [2, 'tier_id', 'must be a UUID'],
    [2, 'tier_price_minor', 'must be a whole number'],
    [2, 'tier_capacity', 'is missing'],
  ])
})

test('NUL in a text is told with its line and column once the events are judged', () => {
  const read = readEvents(
    csvEvents([`${heading},tier_description`, `${row()},well`, `${row({ tier: id(4) })},a\0b`].join('\n')),
  )
  const [found] = read.events
  expect(found?.tiers[1]?.description).toBe('a\0b')
  const paths = found ? Object.keys(newEventFaults(found)) : []
  expect(paths.map(path => read.placeOf(0, path))).toEqual([{ line: 3, field: 'tier_description' }])
})

test('rows of one event must agree with its first', () => {
  expect(faultsOf([heading, row(), row({ name: 'Another', tier: id(4) })].join('\n'))).toEqual([
    [3, 'name', "differs from line 2, the event's first"],
  ])
})

test('a heading that is wrong, a row that is too long, and no CSV at all are told with their lines', () => {
  expect(faultsOf('event_id,colour\n')).toContainEqual([1, 'colour', expect.stringContaining('no such column')])
  expect(faultsOf('event_id\n')).toContainEqual([1, 'starts_at', 'the column is missing'])
  expect(faultsOf('')).toEqual([[1, '', 'the file is empty']])
  expect(faultsOf([heading, `${row()},more`].join('\n'))).toContainEqual([2, '', expect.stringContaining('11 cells')])
  expect(faultsOf([heading, row({ name: '"open' })].join('\n'))).toEqual([
    [2, '', expect.stringContaining('is no CSV')],
  ])
})

test('a spreadsheet’s semicolons, mark and line ends are read', () => {
  const text = `\ufeff${[heading, row()].join('\r\n').replaceAll(',', ';')}\r\n\r\n`
  expect(readEvents(csvEvents(text))).toMatchObject({
    events: [{ id: id(1), tiers: [{ priceMinor: 2500 }] }],
    faults: [],
  })
})
