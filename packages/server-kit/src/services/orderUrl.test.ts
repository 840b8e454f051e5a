import { expect, test } from 'vitest'
import { orderUrl, withoutOrder } from './orderUrl.ts'

const token = 'vko_k1.abc.def'

test.each([
  ['https://venue.example/', 'https://venue.example/#venuekit-order=vko_k1.abc.def'],
  ['https://venue.example/?a=1#/shop', 'https://venue.example/?a=1#/shop&venuekit-order=vko_k1.abc.def'],
  ['https://venue.example/#venuekit-order=old', 'https://venue.example/#venuekit-order=vko_k1.abc.def'],
])('the token travels in the fragment of %s', (page, expected) => {
  expect(orderUrl(page, token)).toBe(expected)
})

test('leaving the checkout says so beside the token', () => {
  expect(orderUrl('https://venue.example/', token, 'cancelled')).toBe(
    'https://venue.example/#venuekit-order=vko_k1.abc.def&venuekit-checkout=cancelled',
  )
})

test('what an earlier return left in the address goes, what is the page’s own stays', () => {
  expect(withoutOrder('https://venue.example/#a=1&venuekit-order=x&venuekit-checkout=cancelled&b')).toBe(
    'https://venue.example/#a=1&b',
  )
  expect(withoutOrder('https://venue.example/#venuekit-order=x')).toBe('https://venue.example/')
})
