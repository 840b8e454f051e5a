import { expect } from 'vitest'
import { renderKey } from '../../src/index.ts'
import type { FeedData } from '../../src/operations/FeedList.ts'
import type { FeedRace } from './FeedRace.ts'

/** Races with the page around: its lists, its cache, its live stream, its viewer. */
export const surroundingRaces: readonly FeedRace[] = [
  {
    name: 'a page shifts while it is loaded',
    posts: 5,
    run: async stage => {
      await stage.loadMore()
      await stage.otherPosts('news')
      await stage.refetch()
      for (const held of [...stage.gate.held]) if (held.kind === 'list') await held.deliver()
      await stage.shows('news', 'post 5', 'post 4', 'post 3', 'post 2', 'post 1')
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
    name: 'the post is in several queries of a host',
    posts: 4,
    run: async stage => {
      const { queryKey, ...options } = stage.venuekit.queries.feed(stage.feedId, { limit: 10 })
      const long = stage.observe({ queryKey, ...options })
      await (await stage.gate.next('list')).deliver()
      const short = stage.observe({})
      await (await stage.gate.next('list')).deliver()
      const { request } = await stage.post('mine')
      const first = () =>
        [long, short].map(host => (host.getCurrentResult().data as unknown as FeedData).pages[0]?.items[0])
      const same = (row: object) => expect(first()).toMatchObject([row, row])
      same({ text: 'mine', pending: true })
      await request.deliver()
      same(stage.row('mine'))
      const { request: removal } = await stage.remove('mine')
      same({ text: 'post 4' })
      await removal.refuse('forbidden', 403)
      same(stage.row('mine'))
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
    name: 'a host writes to the cache while a reaction and a delete are pending',
    posts: 3,
    run: async stage => {
      stage.observe({})
      await (await stage.gate.next('list')).deliver()
      await (await stage.post('mine')).request.deliver()
      const reaction = stage.react('post 3', true)
      const { request: removal } = await stage.remove('mine')
      const { queryKey } = stage.venuekit.queries.feed(stage.feedId, { limit: 3 })
      stage.queryClient.setQueryData(queryKey, { pages: [], pageParams: [] })
      stage.queryClient.setQueryData(queryKey, { pages: 'garbage' })
      await stage.shows('post 3', 'post 2', 'post 1')
      expect(stage.row('post 3').reactions).toEqual({ count: 1, mine: true })
      await (await stage.gate.next('react')).deliver()
      await reaction
      await removal.refuse('forbidden', 403)
      await stage.shows('mine', 'post 3', 'post 2', 'post 1')
      expect(stage.queryClient.getQueryData(queryKey)).toMatchObject({ pages: [{ items: stage.rows() }] })
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
    name: 'the live echo comes after the answer',
    posts: 2,
    run: async stage => {
      const { request } = await stage.post('mine')
      await request.deliver()
      const rows = stage.rows()
      await stage.hears('mine')
      await stage.shows('mine', 'post 2', 'post 1')
      expect(stage.rows().every((row, at) => row === rows[at])).toBe(true)
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
      const { removed } = await stage.remove('post 1')
      stage.venuekit.setViewer({ id: 'carol', name: 'Carol' })
      for (const done of [posted, reaction, removed]) expect(await done).toMatchObject({ code: 'aborted' })
      expect(stage.gate.held.size).toBe(0)
      expect(await stage.stored()).toEqual(['post 2', 'post 1'])
    },
  },
]
