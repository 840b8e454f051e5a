import { expect } from 'vitest'
import { renderKey } from '../../src/index.ts'
import type { RaceStage } from './RaceStage.ts'

/** A race on a feed of that many posts, with that many pages of three loaded. */
export interface FeedRace {
  readonly name: string
  readonly posts: number
  readonly pages?: number
  readonly run: (stage: RaceStage) => Promise<void>
}

/** The races that a feed must win, against whatever server. */
export const feedRaces: readonly FeedRace[] = [
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
    name: 'the next page is in flight at the reaction',
    posts: 5,
    run: async stage => {
      const page = await stage.loadMore()
      await page.process()
      const done = stage.react('post 4', true)
      await (await stage.gate.next('react')).deliver()
      await page.deliver()
      await done
      await stage.shows('post 5', 'post 4', 'post 3', 'post 2', 'post 1')
      expect(stage.row('post 4').reactions).toEqual({ count: 1, mine: true })
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
    name: 'react, unreact, react while the first is under way',
    posts: 2,
    run: async stage => {
      const wishes = [stage.react('post 2', true)]
      const first = await stage.gate.next('react')
      wishes.push(stage.react('post 2', false), stage.react('post 2', true))
      await first.deliver()
      await Promise.all(wishes)
      expect(stage.row('post 2').reactions).toEqual({ count: 1, mine: true })
      expect(stage.gate.seen.filter(kind => kind === 'react')).toHaveLength(1)
    },
  },
  {
    name: 'react, unreact while the first is under way',
    posts: 2,
    run: async stage => {
      void stage.react('post 2', true)
      const first = await stage.gate.next('react')
      const last = stage.react('post 2', false)
      await first.deliver()
      expect(stage.row('post 2').reactions).toEqual({ count: 0, mine: false })
      await (await stage.gate.next('react')).deliver()
      await last
      expect(stage.row('post 2').reactions).toEqual({ count: 0, mine: false })
    },
  },
  {
    name: 'a list from before the reaction answers after it',
    posts: 2,
    run: async stage => {
      const list = await stage.refetch()
      await list.process()
      const done = stage.react('post 2', true)
      await (await stage.gate.next('react')).deliver()
      await done
      await list.deliver()
      expect(stage.row('post 2').reactions).toEqual({ count: 1, mine: true })
    },
  },
  {
    name: 'a reaction to a post that is on its way',
    posts: 1,
    run: async stage => {
      const { request } = await stage.post('mine')
      const done = stage.react('mine', true)
      await request.deliver()
      await (await stage.gate.next('react')).deliver()
      await done
      expect(stage.row('mine').reactions).toEqual({ count: 1, mine: true })
      await stage.shows('mine', 'post 1')
    },
  },
  {
    name: 'a reaction to a post that is gone',
    posts: 2,
    run: async stage => {
      const done = stage.react('post 2', true)
      const request = await stage.gate.next('react')
      await stage.other.deletePost({ params: { postId: stage.row('post 2').id } })
      await request.deliver()
      expect(await done).toBeUndefined()
      await stage.shows('post 1')
    },
  },
  {
    name: 'a page shifts while it is loaded',
    posts: 5,
    run: async stage => {
      await stage.loadMore()
      await stage.otherPosts('news')
      await stage.refetch()
      for (const held of [...stage.gate.held]) await held.deliver()
      await stage.shows('news', 'post 5', 'post 4', 'post 3', 'post 2', 'post 1')
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
  {
    name: 'the post is in several lists',
    posts: 4,
    run: async stage => {
      const long = stage.venuekit.session.feed(stage.feedId, { limit: 10 })
      const stop = long.subscribe(() => {})
      await (await stage.gate.next('list')).deliver()
      const { request } = await stage.post('mine')
      await request.deliver()
      void stage.react('mine', true)
      await (await stage.gate.next('react')).deliver()
      const rows = [stage.row('mine'), long.snapshot.data?.pages[0]?.items[0]]
      stop()
      for (const row of rows) expect(row).toMatchObject({ text: 'mine', reactions: { count: 1, mine: true } })
    },
  },
  {
    name: 'a host observes with its own structural sharing and select',
    posts: 3,
    run: async stage => {
      const host = stage.observe({
        structuralSharing: (_before: unknown, data: unknown) => structuredClone(data),
        select: (data: { pages: { items: { text: string }[] }[] }) =>
          data.pages.flatMap(page => page.items.map(({ text }) => text)),
      })
      await (await stage.gate.next('list')).deliver()
      const others = stage.rows()
      const { request } = await stage.post('mine')
      expect(host.getCurrentResult().data).toEqual(['mine', 'post 3', 'post 2', 'post 1'])
      await request.refuse('forbidden', 403)
      await stage.shows('post 3', 'post 2', 'post 1')
      expect(stage.rows().every((row, at) => row === others[at])).toBe(true)
    },
  },
  {
    name: 'a host writes to the cache',
    posts: 3,
    run: async stage => {
      stage.observe({})
      await (await stage.gate.next('list')).deliver()
      const { request } = await stage.post('mine')
      const { queryKey } = stage.venuekit.queries.feed(stage.feedId, { limit: 3 })
      stage.queryClient.setQueryData(queryKey, { pages: [], pageParams: [] })
      await request.deliver()
      expect(stage.queryClient.getQueryData(queryKey)).toMatchObject({ pages: [{ items: stage.rows() }] })
      await stage.shows('mine', 'post 3', 'post 2', 'post 1')
    },
  },
  {
    name: 'the live echo comes before the answer, and after it',
    posts: 2,
    run: async stage => {
      const { request } = await stage.post('mine')
      const [pending] = stage.rows()
      await request.process()
      await stage.hears('mine')
      await stage.shows('mine', 'post 2', 'post 1')
      expect(stage.row('mine').canDelete).toBe(true)
      await request.deliver()
      await stage.hears('mine')
      await stage.shows('mine', 'post 2', 'post 1')
      expect(pending && renderKey(stage.row('mine'))).toBe(pending && renderKey(pending))
    },
  },
  {
    name: 'live news come while an older list is on its way',
    posts: 2,
    run: async stage => {
      const list = await stage.refetch()
      await list.process()
      await stage.otherPosts('news')
      await stage.hears('news')
      await list.deliver()
      await stage.shows('news', 'post 2', 'post 1')
    },
  },
  {
    name: 'another viewer comes with operations pending',
    posts: 2,
    run: async stage => {
      const { posted } = await stage.post('mine')
      const reaction = stage.react('post 2', true)
      await stage.gate.next('react')
      stage.venuekit.setViewer({ id: 'carol', name: 'Carol' })
      expect(await posted).toMatchObject({ code: 'aborted' })
      expect(await reaction).toMatchObject({ code: 'aborted' })
      expect(stage.gate.held.size).toBe(0)
      expect(await stage.stored()).toEqual(['post 2', 'post 1'])
    },
  },
]
