import { expect, test } from 'vitest'
import { toBase64url } from './base64url.ts'
import { fromPageCursor, toPageCursor } from './pageCursor.ts'

const encode = (text: string): string => toBase64url(new TextEncoder().encode(text))

test('a cursor comes back as the position it was made of', () => {
  const cursor = toPageCursor('posts:a', '2026|ü')
  expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/)
  expect(fromPageCursor('posts:a', cursor ?? '')).toBe('2026|ü')
  expect(toPageCursor('posts:a', null)).toBeNull()
  expect(fromPageCursor('posts:a', undefined)).toBeNull()
})

test.each([
  ['garbage', '!!!'],
  ['bytes that are no text', 'gICA'],
  ['text that is no JSON', encode('posts:a')],
  ['JSON of another form', encode('{"a":1}')],
  ['a position that is no text', encode('["posts:a",1]')],
  ['a position that Postgres cannot hold', encode('["posts:a","\\u0000"]')],
  ['the cursor of another list', toPageCursor('posts:b', '1') ?? ''],
])('%s is refused', (_what, cursor) => {
  expect(() => fromPageCursor('posts:a', cursor)).toThrow(expect.objectContaining({ code: 'invalid_request' }))
})
