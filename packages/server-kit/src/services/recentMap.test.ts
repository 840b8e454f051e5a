import { expect, test } from 'vitest'
import { createRecentMap } from './recentMap.ts'

test('an entry is forgotten when its time is over', () => {
  let now = 0
  const map = createRecentMap<string>({ keepMs: 100, maximum: 10, now: () => now })
  map.set('a', 'one')
  now = 99
  expect(map.get('a')).toBe('one')
  now = 100
  expect(map.get('a')).toBeUndefined()
})

test('the oldest entry goes when there are too many', () => {
  const map = createRecentMap<number>({ keepMs: 1000, maximum: 2, now: () => 0 })
  map.set('a', 1)
  map.set('b', 2)
  map.set('a', 3)
  map.set('c', 4)
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([3, undefined, 4])
})
