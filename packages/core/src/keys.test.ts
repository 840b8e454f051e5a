import { expect, test } from 'vitest'
import { createKeys } from './keys.ts'

const scope = { publishableKey: 'vk_pub_demo', viewerId: null as string | null }
const keys = createKeys(() => scope)

test('each key begins with the more general one', () => {
  const starts = (key: readonly unknown[], start: readonly unknown[]) =>
    expect(key.slice(0, start.length)).toEqual([...start])
  starts(keys.event('e1'), keys.events())
  starts(keys.eventList(), keys.events())
  starts(keys.order('o1'), keys.orders())
  starts(keys.feedList('f1', { limit: 10 }), keys.feed('f1'))
  starts(keys.feed('f1'), keys.feeds())
  for (const key of [keys.events(), keys.orders(), keys.feeds()]) starts(key, keys.all())
})

test('a list and one of its members have different keys', () => {
  expect(keys.eventList()).not.toEqual(keys.event('list'))
})

test('venues and viewers do not share answers', () => {
  const anonymous = keys.feed('f1')
  scope.viewerId = 'ada'
  expect(keys.feed('f1')).not.toEqual(anonymous)
  const other = createKeys(() => ({ publishableKey: 'vk_pub_other', viewerId: 'ada' }))
  expect(other.feed('f1')).not.toEqual(keys.feed('f1'))
})
