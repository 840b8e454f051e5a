import { expect, test } from 'vitest'
import { toDecimalText, toMoneyText } from './moneyText.ts'

test.each([
  [1999, 'USD', '19.99'],
  [5, 'USD', '0.05'],
  [0, 'USD', '0.00'],
  [1500, 'JPY', '1500'],
  [12345, 'KWD', '12.345'],
  [-250, 'EUR', '-2.50'],
])('%i minor units of %s are %s, exactly', (amountMinor, currency, text) => {
  expect(toDecimalText({ amountMinor, currency })).toBe(text)
})

test('an amount beyond what a float holds keeps its last digit', () => {
  expect(toMoneyText({ amountMinor: 9007199254740991, currency: 'KWD' }, 'en')).toContain('9,007,199,254,740.991')
})
