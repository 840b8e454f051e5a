import { expect, test } from 'vitest'
import { momentOption, urlOption } from './options.ts'

test('a day and a moment with its zone are read', () => {
  expect(momentOption('2028-02-29')).toBe('2028-02-29T00:00:00.000Z')
  expect(momentOption('2026-11-23T23:30-06:00')).toBe('2026-11-24T05:30:00.000Z')
})

test.each([
  '2026-02-30',
  '2026-02-29',
  '2026-04-31T10:00Z',
  '2026-13-01',
  '2026-00-10',
  '2026-01-00',
  '2026-11-23T18:00',
  '2026-11-23T25:00Z',
  '0000-01-01',
  '1969-12-31',
  'soon',
])('%s is no moment', text => {
  expect(() => momentOption(text)).toThrow('It must be a date')
})

test('an address is read with its path, and refused with more than that', () => {
  expect(urlOption('https://api.venue.example/tickets')).toBe('https://api.venue.example/tickets')
  for (const text of ['not a url', 'ftp://x', 'https://a:b@c', 'https://c?x=1', '']) {
    expect(() => urlOption(text), text).toThrow('It must be an address')
  }
})
