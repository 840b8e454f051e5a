import { expect, test } from 'vitest'
import { compareReleases } from './compareReleases.ts'

test('releases stand in the order in which they came', () => {
  const inOrder = ['0.0.0', '0.9.10', '0.10.0-next.2', '0.10.0-next.10', '0.10.0', '0.10.1', '1.0.0', '10.0.0']
  expect([...inOrder].reverse().sort(compareReleases)).toEqual(inOrder)
  expect(compareReleases('1.2.3+build.5', '1.2.3')).toBe(0)
})
