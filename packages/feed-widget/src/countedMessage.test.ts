import { expect, test } from 'vitest'
import { countedMessage } from './countedMessage.ts'

const posts = { one: '{count} post', two: '{count} posts, a pair', other: '{count} posts' }

test('the form is the one that the language has for the number', () => {
  const said = (locale: string, count: number) => countedMessage(posts, count, locale, { count: `${count}` })
  expect([1, 2, 0].map(count => said('en', count))).toEqual(['1 post', '2 posts', '0 posts'])
  expect(said('ar', 2)).toBe('2 posts, a pair')
  expect(said('ja', 1)).toBe('1 posts')
})

test('a page may put one text for all numbers', () => {
  expect(countedMessage('Posts: {count}', 1, 'en', { count: '1' })).toBe('Posts: 1')
})
