import { expect } from 'vitest'
import { renderKey } from '../../src/index.ts'
import type { FeedRace } from './FeedRace.ts'

/** Races of posts that are written and deleted. */
export const writingRaces: readonly FeedRace[] = [
  {
    name: 'a refetch is in flight at the create',
    posts: 4,
    run: async stage => {
      const list = await stage.refetch()
      await list.process()
      const { request } = await stage.post('mine')
      await list.deliver()
      await stage.shows('(mine)', 'post 4', 'post 3', 'post 2')
      await request.deliver()
      await stage.shows('mine', 'post 4', 'post 3', 'post 2')
    },
  },
  {
    name: 'a refetch begun after the create answers first',
    posts: 2,
    run: async stage => {
      const others = stage.rows()
      const { request } = await stage.post('mine')
      const [pending] = stage.rows()
      await request.process()
      await (await stage.refetch()).deliver()
      await stage.shows('mine', 'post 2', 'post 1')
      await request.deliver()
      await stage.shows('mine', 'post 2', 'post 1')
      expect(pending && renderKey(stage.row('mine'))).toBe(pending && renderKey(pending))
      expect(stage.rows().slice(1)).toEqual(others)
      expect(stage.rows()[1]).toBe(others[0])
    },
  },
  {
    name: 'the next page is in flight at the create, and at its answer',
    posts: 5,
    run: async stage => {
      const page = await stage.loadMore()
      const { request } = await stage.post('mine')
      await request.process()
      await page.deliver()
      await stage.shows('(mine)', 'post 5', 'post 4', 'post 3', 'post 2', 'post 1')
      await request.deliver()
      await stage.shows('mine', 'post 5', 'post 4', 'post 3', 'post 2', 'post 1')
    },
  },
  {
    name: 'the next page is in flight at the delete',
    posts: 5,
    run: async stage => {
      await (await stage.post('mine')).request.deliver()
      const page = await stage.loadMore()
      await page.process()
      const { request } = await stage.remove('mine')
      await request.deliver()
      await page.deliver()
      await stage.shows('post 5', 'post 4', 'post 3', 'post 2', 'post 1')
    },
  },
  {
    name: 'of two creates the first fails',
    posts: 1,
    run: async stage => {
      const first = await stage.post('first')
      const second = stage.operations.createPost(stage.feedId, { text: 'second' })
      await stage.shows('(second)', '(first)', 'post 1')
      await first.request.refuse('forbidden', 403)
      expect(await first.posted).toMatchObject({ code: 'forbidden' })
      await stage.shows('(second)', 'post 1')
      await (await stage.gate.next('create')).deliver()
      await second
      await stage.shows('second', 'post 1')
    },
  },
  {
    name: 'a replica still serves a row whose deletion is acknowledged',
    posts: 2,
    run: async stage => {
      await (await stage.post('mine')).request.deliver()
      const replica = await (await stage.refetch()).process()
      await (await stage.gate.next('list')).deliver()
      await (await stage.remove('mine')).request.deliver()
      for (const seconds of [1, 30, 61]) {
        stage.clock.now += seconds * 1000
        await (await stage.refetch()).answer(replica)
        await stage.shows('post 2', 'post 1')
      }
    },
  },
  {
    name: 'the list lags behind an acknowledged create',
    posts: 2,
    run: async stage => {
      const list = await stage.refetch()
      const replica = await list.process()
      await list.deliver()
      await (await stage.post('mine')).request.deliver()
      stage.clock.now += 30_000
      await (await stage.refetch()).answer(replica)
      await stage.shows('mine', 'post 2', 'post 1')
    },
  },
  {
    name: 'an acknowledged create is moderated away',
    posts: 2,
    run: async stage => {
      await (await stage.post('mine')).request.deliver()
      await stage.moderator.deletePost({ params: { postId: stage.row('mine').id } })
      stage.clock.now += 61_000
      await (await stage.refetch()).deliver()
      await stage.shows('post 2', 'post 1')
    },
  },
  {
    name: 'an acknowledged create is pushed past the first page',
    posts: 1,
    run: async stage => {
      await (await stage.post('mine')).request.deliver()
      for (const text of ['a', 'b', 'c']) await stage.otherPosts(text)
      await (await stage.refetch()).deliver()
      await stage.shows('c', 'b', 'a', 'mine', 'post 1')
      const [gap] = stage.venuekit.session.feed(stage.feedId, { limit: 3 }).snapshot.data?.pages[0]?.gaps ?? []
      if (!gap) return
      const filled = stage.operations.loadGap(stage.feedId, gap, { limit: 3 })
      await (await stage.gate.next('list')).deliver()
      await filled
      await stage.shows('c', 'b', 'a', 'mine', 'post 1')
    },
  },
  {
    name: 'a create is tried again after its answer was lost',
    posts: 1,
    run: async stage => {
      const clientId = crypto.randomUUID()
      const lost = await stage.post('mine', clientId)
      await lost.request.process()
      await lost.request.refuse('internal', 500)
      await lost.posted
      await (await stage.post('mine', clientId)).request.deliver()
      await stage.shows('mine', 'post 1')
      expect(await stage.stored()).toEqual(['mine', 'post 1'])
    },
  },
]
