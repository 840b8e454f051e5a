import { expect, test } from 'vitest'
import { createOrderRequest } from './ticketing.ts'
import { instant, uuid } from './values.ts'

const id = 'c0ffee00-0000-4000-8000-00000000000a'

test('an id in capitals is the same id', () => {
  expect(uuid.parse(id.toUpperCase())).toBe(id)
})

test('a moment is of a year that databases know', () => {
  expect(instant.safeParse('0001-01-01T00:00:00Z').success).toBe(true)
  expect(instant.safeParse('0000-12-31T23:59:59Z').success).toBe(false)
})

test('one tier on two lines is refused, in whichever case its id is written', () => {
  const line = (tierId: string) => ({ tierId, quantity: 1 })
  const request = {
    eventId: id,
    items: [line(id), line(id.toUpperCase())],
    buyer: { name: 'Ada', email: 'ada@example.com' },
    returnUrl: 'https://venue.example/',
  }
  expect(createOrderRequest.safeParse(request).success).toBe(false)
  expect(createOrderRequest.safeParse({ ...request, items: [line(id)] }).success).toBe(true)
})
