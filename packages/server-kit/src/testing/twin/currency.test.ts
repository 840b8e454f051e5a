import { expect, test } from 'vitest'
import { amountProblem, formatAmount } from './currency.ts'

test.each([
  [450_000, 'huf', 'HUF 4,500.00'],
  [450_000, 'isk', 'ISK 4,500.00'],
  [450_000, 'idr', 'IDR 4,500.00'],
  [450_000, 'ugx', 'UGX 4,500.00'],
  [4500, 'jpy', '¥4,500'],
  [4_500_000, 'kwd', 'KWD 4,500.000'],
])('%i minor units of %s are shown as %s', (amountMinor, currency, text) => {
  expect(formatAmount(amountMinor, currency).replace(/\s/g, ' ')).toBe(text)
})

test('the least that is charged is named in the currency it is charged in', () => {
  const problem = amountProblem(17_499, 'huf')
  expect(problem?.bound.replace(/\s/g, ' ')).toBe('at least HUF 175.00 huf')
})
