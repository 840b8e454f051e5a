import { expect, test } from 'vitest'
import { createMoneyFormat } from './money.ts'

const format = (locale: string, amountMinor: number, currency: string) =>
  createMoneyFormat(locale)({ amountMinor, currency }).replaceAll('\u00a0', ' ')

test('each currency has its own number of decimals', () => {
  expect(format('en-US', 4000, 'USD')).toBe('$40.00')
  expect(format('en-US', 4000, 'JPY')).toBe('¥4,000')
  expect(format('en-US', 12_505, 'KWD')).toBe('KWD 12.505')
  expect(format('de-DE', 123_456, 'EUR')).toBe('1.234,56 €')
})

test('in Arabic the sign of a currency stays behind its letters, where text runs from the right', () => {
  expect(format('ar', 4000, 'USD')).toBe('\u200f40.00 US$\u200e')
  expect(format('ar', 12_505, 'KWD')).toBe('\u200f12.505 د.ك.\u200f')
})

test('amounts that no float holds are written exactly', () => {
  expect(format('en-US', 9_007_199_254_740_991, 'USD')).toBe('$90,071,992,547,409.91')
  expect(format('en-US', 9_007_199_254_740_991, 'KWD')).toBe('KWD 9,007,199,254,740.991')
})

test('small and negative amounts keep their zeros', () => {
  expect(format('en-US', 5, 'USD')).toBe('$0.05')
  expect(format('en-US', -5, 'KWD')).toBe('-KWD 0.005')
  expect(format('en-US', 0, 'JPY')).toBe('¥0')
  expect(format('en-US', 120, 'JPY')).toBe('¥120')
})

test.each([
  [450_000, 'HUF', 'HUF 4,500.00'],
  [450_000, 'ISK', 'ISK 4,500.00'],
  [450_000, 'IDR', 'IDR 4,500.00'],
  [450_000, 'UGX', 'UGX 4,500.00'],
  [4500, 'JPY', '¥4,500'],
  [4_500_000, 'KWD', 'KWD 4,500.000'],
])('%i minor units of %s, as the payment gateway counts them, are %s', (amountMinor, currency, text) => {
  expect(format('en-US', amountMinor, currency)).toBe(text)
})
