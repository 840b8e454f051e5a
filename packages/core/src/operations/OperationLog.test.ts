import { beforeEach, expect, test } from 'vitest'
import { feedId, idOf, ScriptedFeed } from '../../test/ScriptedFeed.ts'
import type { FeedPage } from './FeedPage.ts'
import { lowerEnd } from './mergeRange.ts'
import { OperationLog } from './OperationLog.ts'
import type { CreateOperation, Sighting } from './operation.ts'
import { pendingPost } from './pendingPost.ts'

let now: number
let log: OperationLog

beforeEach(() => {
  now = 1_000_000
  log = new OperationLog(() => now)
})

const request = { clientId: idOf(500), text: 'mine' }
const create: CreateOperation = {
  kind: 'create',
  opId: 'op1',
  feedId,
  clientId: request.clientId,
  request,
  post: pendingPost({ feedId, request, author: { id: 'ada', name: 'Ada', avatarUrl: null }, media: [], now: 0 }),
}

/** What a list tells after a fetch that began now. */
const sightingOf = (page: FeedPage): Sighting => ({
  begun: log.mark(),
  upper: null,
  lower: lowerEnd(page),
  fetched: page,
  pages: [page],
})

test('applying twice, acknowledging twice and rejecting the unknown change nothing', () => {
  const changes: string[] = []
  log.subscribe(changed => changes.push(changed))
  log.apply(create)
  log.apply(create)
  expect(changes).toEqual([feedId])
  const { posts } = new ScriptedFeed(1)
  log.ack('op1', posts[0] ?? null)
  log.ack('op1', null)
  log.reject('unknown')
  expect(changes).toHaveLength(2)
  expect(log.find('op1')?.ack?.post).toBe(posts[0])
})

test('an acknowledged create below everything loaded leaves: its page will bring it', () => {
  const server = new ScriptedFeed(5)
  log.apply(create)
  log.ack('op1', server.posts[4] ?? null)
  const page = { items: server.posts.slice(0, 3), nextCursor: 'more' }
  log.settle(feedId, 'list', ['list'], sightingOf(page))
  expect(log.ofFeed(feedId)).toEqual([])
})

test('it stays where the range that was loaded might hold it', () => {
  const server = new ScriptedFeed(5)
  log.apply(create)
  log.ack('op1', server.posts[1] ?? null)
  const items = server.posts.filter((_, at) => at !== 1).slice(0, 3)
  log.settle(feedId, 'list', ['list'], sightingOf({ items, nextCursor: 'more' }))
  expect(log.ofFeed(feedId)).toHaveLength(1)
})

test('an operation settled in one list of two still changes the other', () => {
  const server = new ScriptedFeed(3)
  log.apply(create)
  log.ack('op1', server.posts[0] ?? null)
  const page = { items: server.posts, nextCursor: null }
  log.settle(feedId, 'short', ['short', 'long'], sightingOf(page))
  expect(log.unsettled(feedId, 'short')).toEqual([])
  expect(log.unsettled(feedId, 'long')).toHaveLength(1)
  log.settle(feedId, 'long', ['short', 'long'], sightingOf(page))
  expect(log.ofFeed(feedId)).toEqual([])
})

test('what nobody lists is forgotten after a minute, once it is acknowledged', () => {
  log.apply(create)
  now += 100_000
  log.sweep(feedId)
  expect(log.ofFeed(feedId)).toHaveLength(1)
  log.ack('op1', null)
  now += 59_999
  log.sweep(feedId)
  expect(log.ofFeed(feedId)).toHaveLength(1)
  now += 1
  log.sweep(feedId)
  expect(log.ofFeed(feedId)).toEqual([])
})
