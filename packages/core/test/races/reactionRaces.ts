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
    name: 'a burst of reactions within one turn',
    posts: 2,
    run: async stage => {
      const wishes = [true, false, true, false, true, false, true].map(reacted => stage.react('post 2', reacted))
      expect(stage.row('post 2').reactions).toEqual({ count: 1, mine: true })
      await (await stage.gate.next('react')).deliver()
      await Promise.all(wishes)
      expect(stage.row('post 2').reactions).toEqual({ count: 1, mine: true })
      expect(stage.gate.seen.filter(kind => kind === 'react')).toHaveLength(1)
      await (await stage.refetch()).deliver()
      expect(stage.row('post 2').reactions).toEqual({ count: 1, mine: true })
    },
  },
  {
    name: 'the stream tells of a reaction before its answer, and after it',
    posts: 2,
    run: async stage => {
      await stage.other.setReaction({ params: { postId: stage.row('post 2').id }, body: { reacted: true } })
      await stage.hears('post 2')
      expect(stage.row('post 2').reactions).toEqual({ count: 1, mine: false })
      const done = stage.react('post 2', true)
      const request = await stage.gate.next('react')
      await request.process()
      await stage.hears('post 2')
      expect(stage.row('post 2').reactions).toEqual({ count: 2, mine: true })
      await request.deliver()
      await done
      await stage.hears('post 2')
      expect(stage.row('post 2').reactions).toEqual({ count: 2, mine: true })
    },
  },
  {
    name: 'the answer to a reaction is lost, and it is asked again',
    posts: 1,
    run: async stage => {
      const lost = stage.react('post 1', true)
      const request = await stage.gate.next('react')
      await request.process()
      await request.refuse('forbidden', 403)
      expect(await lost).toMatchObject({ code: 'forbidden' })
      const again = stage.react('post 1', true)
      await (await stage.gate.next('react')).deliver()
      expect(await again).toBeUndefined()
      expect(stage.row('post 1').reactions).toEqual({ count: 1, mine: true })
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
