import { expect, test } from 'vitest'
import { requestHash } from './requestHash.ts'

test('the order of members does not matter, the order of lines does', async () => {
  const hash = await requestHash({ a: 1, b: { c: [1, 2], d: null } })
  expect(await requestHash({ b: { d: null, c: [1, 2] }, a: 1 })).toBe(hash)
  expect(await requestHash({ a: 1, b: { c: [2, 1], d: null } })).not.toBe(hash)
})
