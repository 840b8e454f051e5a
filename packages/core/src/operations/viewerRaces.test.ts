import { afterEach, describe, expect, test } from 'vitest'
import { openFeed, turn, ways } from '../../test/feedPage.ts'
import { ScriptedFeed } from '../../test/ScriptedFeed.ts'

describe.each(ways)('%s', way => {
  let server: ScriptedFeed
  let page: ReturnType<typeof openFeed>

  /** Three to a page: with four posts there are two pages. */
  const open = async (posts: number, pages = 1) => {
    server = new ScriptedFeed(posts)
    page = openFeed(server, {}, way)
    await page.loaded(pages)
  }

  afterEach(() => page.close())

  test('another viewer sees nothing of the old one, and nothing of theirs is sent any more', async () => {
    await open(2)
    const first = await page.post('sent by ada')
    const second = await page.post('not sent by ada')
    const old = page.venuekit.keys.all()
    page.venuekit.setViewer({ id: 'bob', name: 'Bob' })
    expect(page.queryClient.getQueryCache().findAll({ queryKey: old })).toEqual([])
    await turn()
    expect(await first.posted).toMatchObject({ code: 'aborted' })
    expect(await second.posted).toMatchObject({ code: 'aborted' })
    expect(server.waits('create')).toBe(false)
    page.screen.follow()
    await turn()
    await page.deliver('list')
    expect(page.texts()).toEqual(['post 2', 'post 1'])
    await page.post('by bob')
    expect(page.rows()[0]?.author).toEqual({ id: 'bob', name: 'Bob', avatarUrl: null })
    expect(server.seen.filter(method => method === 'POST')).toHaveLength(2)
  })
})
