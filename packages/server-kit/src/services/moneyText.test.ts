import { expect, test } from 'vitest'
import { toDecimalText, toMoneyText } from './moneyText.ts'

test.each([
  [1999, 'USD', '19.99'],
  [5, 'USD', '0.05'],
  [0, 'USD', '0.00'],
  [1500, 'JPY', '1500'],
  [12345, 'KWD', '12.345'],
  [-250, 'EUR', '-2.50'],
  [450_000, 'HUF', '4500.00'],
  [450_000, 'ISK', '4500.00'],
  [450_000, 'IDR', '4500.00'],
  [450_000, 'UGX', '4500.00'],
])('%i minor units of %s are %s, exactly', (amountMinor, currency, text) => {
  expect(toDecimalText({ amountMinor, currency })).toBe(text)
})

test.each([
  [450_000, 'HUF', 'HUF 4,500.00'],
  [450_000, 'ISK', 'ISK 4,500.00'],
  [450_000, 'IDR', 'IDR 4,500.00'],
  [450_000, 'UGX', 'UGX 4,500.00'],
  [4500, 'JPY', '¥4,500'],
  [4_500_000, 'KWD', 'KWD 4,500.000'],
])('a person reads %i minor units of %s, as the payment gateway counts them, as %s', (amountMinor, currency, text) => {
  expect(toMoneyText({ amountMinor, currency }, 'en').replace(/\s/g, ' ')).toBe(text)
})

test('an amount beyond what a float holds keeps its last digit', () => {
  expect(toMoneyText({ amountMinor: 9007199254740991, currency: 'KWD' }, 'en')).toContain('9,007,199,254,740.991')
})
