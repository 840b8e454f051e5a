import { expect, test } from 'vitest'
import type { Viewer } from '../ports/viewer.ts'
import { readViewer } from './readViewer.ts'
import { safeViewer } from './safeViewer.ts'

const ada: Viewer = { id: 'u1', name: 'Ada', avatarUrl: 'https://a.example/p.png', roles: ['host'] }
const shown = (change: Record<string, unknown>) => safeViewer({ ...ada, ...change } as Viewer)

test('a viewer that can be shown is shown as it is', () => {
  expect(shown({})).toEqual(ada)
  expect(shown({ name: 'Zoë 👩‍🎤 Æ' }).name).toBe('Zoë 👩‍🎤 Æ')
  for (const avatarUrl of ['/me.png', 'data:image/png;base64,AAAA', null]) {
    expect(shown({ avatarUrl }).avatarUrl).toBe(avatarUrl)
  }
})

test.each([
  ['a\u0000b\nc', 'a b c'],
  ['n\ud800', 'n'],
  ['\u0007 ', 'Guest'],
  [undefined, 'Guest'],
  ['👩'.repeat(500), '👩'.repeat(120)],
])('the name %j is shown as %j', (name, expected) => {
  expect(shown({ name }).name).toBe(expected)
})

test.each([
  'javascript:alert(1)',
  ' java\tscript:alert(1)',
  'data:text/html,hello',
  'https://',
  '',
  'https://a.example/\ud800',
  `https://a.example/${'x'.repeat(2048)}`,
  7,
])('the picture %j is left out', avatarUrl => {
  expect(shown({ avatarUrl }).avatarUrl).toBeNull()
})

test.each(['', 'a\u0000b', 'a\ud800', 'x'.repeat(256), 7, undefined])('the id %j is a fault of the host’s', id => {
  expect(() => shown({ id })).toThrow('`auth` answered a viewer whose `id`')
})

test('whoever signs in comes through it', async () => {
  const auth = async () => ({ ...ada, name: 'a\u0000' })
  expect(await readViewer({ auth }, new Request('https://api.example'))).toEqual({ ...ada, name: 'a' })
})
