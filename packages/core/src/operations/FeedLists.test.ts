import { expect, test } from 'vitest'
import { feedId, ScriptedFeed } from '../../test/ScriptedFeed.ts'
import { FeedLists } from './FeedLists.ts'
import { OperationLog } from './OperationLog.ts'

test('an answer for somebody who has gone is not taken in', async () => {
  const lists = new FeedLists(new OperationLog())
  const controller = new AbortController()
  const late = async () => {
    controller.abort()
    return { items: new ScriptedFeed(1).posts, nextCursor: null }
  }
  await expect(lists.load('list', feedId, null, late, controller.signal)).rejects.toThrow()
  expect(lists.data('list')).toBeNull()
})

test('a gap of a list that was dropped meanwhile is forgotten', async () => {
  const lists = new FeedLists(new OperationLog())
  const { signal } = new AbortController()
  const page = { items: new ScriptedFeed(1).posts, nextCursor: null }
  await lists.load('list', feedId, null, async () => page, signal)
  const drop = async () => {
    lists.release('list', {})
    return page
  }
  await lists.loadGap('list', { rank: '0', cursor: 'c' }, drop)
  expect(lists.data('list')).toBeNull()
})

test('a page beyond the end of a feed that shrank is empty', async () => {
  const lists = new FeedLists(new OperationLog())
  const { signal } = new AbortController()
  const { posts } = new ScriptedFeed(2)
  await lists.load('list', feedId, null, async () => ({ items: posts.slice(0, 1), nextCursor: 'second' }), signal)
  const second = lists.load('list', feedId, 'second', async () => ({ items: posts.slice(1), nextCursor: null }), signal)
  expect((await second).items).toEqual(posts.slice(1))
  await lists.load('list', feedId, null, async () => ({ items: [], nextCursor: null }), signal)
  expect(lists.data('list')).toEqual({ pages: [{ items: [], nextCursor: null }], pageParams: [null] })
})
