import { expect, test } from 'vitest'
import { newEvent, newTier } from '../testing/startTestKit.ts'
import { newEventFaults } from './newEventFaults.ts'

const venueId = '11111111-1111-4111-8111-111111111111'

test.each([
  ['ISK', 150_050, 150_000],
  ['UGX', 99, 100],
  ['KWD', 12_345, 12_340],
  ['TND', 1, 0],
])('a price in %s of %i minor units is a fault, %i is none', (currency, wrong, right) => {
  const tiers = [newTier({ priceMinor: right }), newTier({ priceMinor: wrong })]
  expect(newEventFaults(newEvent(venueId, { currency, tiers }))).toEqual({
    'tiers.1.priceMinor': expect.stringMatching(new RegExp(`must be a multiple of 100?: .*${currency}`)),
  })
})

test.each(['HUF', 'TWD', 'JPY', 'USD'])('a price in %s is any whole number of minor units', currency => {
  expect(newEventFaults(newEvent(venueId, { currency, tiers: [newTier({ priceMinor: 12_345 })] }))).toEqual({})
})

test('text that Postgres cannot hold is a fault of its field, however deep', () => {
  const tiers = [newTier(), newTier({ description: 'Half a pair: \ud800' })]
  const told = 'may hold neither NUL nor unpaired surrogates'
  expect(newEventFaults(newEvent(venueId, { description: 'a\0b', tiers }))).toEqual({
    description: told,
    'tiers.1.description': told,
  })
  expect(newEventFaults(newEvent(venueId, { description: 'A whole pair: \u{1f3ad}' }))).toEqual({})
})
