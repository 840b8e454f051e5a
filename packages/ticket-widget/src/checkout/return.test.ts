import { expect, test } from 'vitest'
import { addressWith, cleanAddress, readReturn } from './return.ts'

const page = 'https://venue.example/shows?week=2'

test('the order is read from the fragment, wherever it stands in it', () => {
  expect(readReturn(`${page}#venuekit-order=vko_1.a.b`)).toEqual({ token: 'vko_1.a.b', unpaid: false })
  expect(readReturn(`${page}#/tickets&venuekit-order=vko_1.a.b&venuekit-checkout=cancelled`)).toEqual({
    token: 'vko_1.a.b',
    unpaid: true,
  })
})

test('other addresses tell of no order', () => {
  for (const href of [
    page,
    `${page}#`,
    `${page}#venuekit-order=`,
    `${page}#my-venuekit-order=x`,
    `${page}&venuekit-order=x`,
  ])
    expect(readReturn(href)).toBeNull()
})

test('a broken escape is read as it stands', () => {
  expect(readReturn(`${page}#venuekit-order=%E0%A4%A`)).toEqual({ token: '%E0%A4%A', unpaid: false })
})

test('cleaning takes our parts and leaves the page its own', () => {
  const returned = 'venuekit-order=t&venuekit-checkout=cancelled'
  expect(cleanAddress(`${page}#${returned}`)).toBe(page)
  expect(cleanAddress(`${page}#/tickets?a=1&${returned}&tab=2`)).toBe(`${page}#/tickets?a=1&tab=2`)
  expect(cleanAddress(`${page}#top`)).toBe(`${page}#top`)
  expect(cleanAddress(page)).toBe(page)
})

test('an order put into the address is found there again, once', () => {
  const first = addressWith(`${page}#/tickets`, 'one', true)
  expect(first).toBe(`${page}#/tickets&venuekit-order=one&venuekit-checkout=open`)
  const second = addressWith(first, 'two', false)
  expect(readReturn(second)).toEqual({ token: 'two', unpaid: false })
  expect(cleanAddress(second)).toBe(`${page}#/tickets`)
})
