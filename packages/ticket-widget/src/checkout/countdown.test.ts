import { expect, test } from 'vitest'
import { countdown } from './countdown.ts'

test('minutes and seconds, in the digits of the language', () => {
  expect([1745, 5, 0].map(seconds => countdown(seconds, 'en'))).toEqual(['29:05', '0:05', '0:00'])
  expect(countdown(65, 'ar-EG')).toBe('١:٠٥')
})
