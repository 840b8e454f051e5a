import { expect, test } from 'vitest'
import { newEvent, newTier } from '../testing/startTestKit.ts'
import { newEventFaults } from './newEventFaults.ts'

const venueId = '11111111-1111-4111-8111-111111111111'

test('text that Postgres cannot hold is a fault of its field, however deep', () => {
  const tiers = [newTier(), newTier({ description: 'Half a pair: \ud800' })]
  const told = 'may hold neither NUL nor unpaired surrogates'
  expect(newEventFaults(newEvent(venueId, { description: 'a\0b', tiers }))).toEqual({
    description: told,
    'tiers.1.description': told,
  })
  expect(newEventFaults(newEvent(venueId, { description: 'A whole pair: \u{1f3ad}' }))).toEqual({})
})
