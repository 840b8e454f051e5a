import { expect, test } from 'vitest'
import { problemCodes } from '../contracts/problemCodes.ts'
import { isKnownCode, knownCodes } from './knownCodes.ts'

test('what the client knows of the codes is what the contract says', () => {
  const contract = Object.entries(problemCodes).map(([code, { retryable }]) => [code, retryable])
  expect(knownCodes).toEqual(Object.fromEntries(contract))
})

test('names that every object has are no codes', () => {
  expect(isKnownCode('toString')).toBe(false)
})
