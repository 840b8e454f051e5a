import { expect } from 'vitest'
import type { FeedRace } from './FeedRace.ts'

/** Races of reactions. */
export const reactionRaces: readonly FeedRace[] = [
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
]
