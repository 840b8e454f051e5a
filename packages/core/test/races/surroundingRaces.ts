import { expect } from 'vitest'
import { renderKey } from '../../src/index.ts'
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
      for (const held of [...stage.gate.held]) await held.deliver()
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
