import { expect } from 'vitest'
import type { FeedRace } from './FeedRace.ts'

/** Races of posts that go: by their author, by others, and by moderators. */
export const deletingRaces: readonly FeedRace[] = [
  {
    name: 'the answer to a delete is lost, and it is asked again',
    posts: 1,
    run: async stage => {
      await (await stage.post('mine')).request.deliver()
      const mine = stage.row('mine')
      const lost = await stage.remove('mine')
      await lost.request.process()
      await lost.request.refuse('forbidden', 403)
      expect(await lost.removed).toMatchObject({ code: 'forbidden' })
      await stage.shows('mine', 'post 1')
      const again = stage.operations.deletePost(mine)
      await (await stage.gate.next('delete')).deliver()
      await again
      await stage.shows('post 1')
    },
  },
  {
    name: 'the stream tells of a delete before its answer, and after it',
    posts: 1,
    run: async stage => {
      await (await stage.post('mine')).request.deliver()
      const mine = stage.row('mine')
      const { request, removed } = await stage.remove('mine')
      await request.process()
      stage.hearsOfRemoval(mine)
      await stage.shows('post 1')
      await request.deliver()
      await removed
      stage.hearsOfRemoval(mine)
      await stage.shows('post 1')
    },
  },
  {
    name: 'the stream tells that a create was moderated away before its answer comes',
    posts: 1,
    run: async stage => {
      const { request } = await stage.post('mine')
      const { post } = JSON.parse(await request.process())
      await stage.moderator.deletePost({ params: { postId: post.id } })
      stage.hearsOfRemoval(post)
      await request.deliver()
      stage.clock.now += 61_000
      await (await stage.refetch()).deliver()
      await stage.shows('post 1')
    },
  },
  {
    name: 'others delete while a page is on its way: none is skipped',
    posts: 7,
    run: async stage => {
      const gone = stage.row('post 6')
      const page = await stage.loadMore()
      await stage.other.deletePost({ params: { postId: gone.id } })
      await page.deliver()
      await (await stage.refetch()).deliver()
      await stage.shows('post 7', 'post 5', 'post 4', 'post 3', 'post 2')
      await (await stage.loadMore()).deliver()
      await stage.shows('post 7', 'post 5', 'post 4', 'post 3', 'post 2', 'post 1')
    },
  },
]
