import { afterEach, describe, expect, test } from 'vitest'
import { openFeed, turn, ways } from '../../test/feedPage.ts'
import { idOf, ScriptedFeed } from '../../test/ScriptedFeed.ts'

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

  test('a next page in flight at a delete does not bring the post back', async () => {
    await open(5)
    await page.loadMore()
    server.first('list').process()
    await page.remove(page.rows()[2])
    await page.deliver('delete')
    await page.deliver('list')
    expect(page.texts()).toEqual(['post 5', 'post 4', 'post 2', 'post 1'])
  })

  test('a replica that still serves a deleted row cannot bring it back', async () => {
    await open(3)
    const replica = server.posts
    await page.remove(page.rows()[1])
    expect(page.texts()).toEqual(['post 3', 'post 1'])
    await page.deliver('delete')
    for (const seconds of [1, 30, 61]) {
      page.clock.now += seconds * 1000
      await page.refetch()
      server.first('list').process(replica).deliver()
      await turn()
      expect(page.texts()).toEqual(['post 3', 'post 1'])
    }
    await page.refetch()
    await page.deliver('list')
    expect(page.texts()).toEqual(['post 3', 'post 1'])
  })

  test('a replica may forget and remember a delete again, for a minute', async () => {
    await open(3)
    const replica = server.posts
    await page.remove(page.rows()[1])
    await page.deliver('delete')
    await page.refetch()
    await page.deliver('list')
    page.clock.now += 30_000
    await page.refetch()
    server.first('list').process(replica).deliver()
    await turn()
    expect(page.texts()).toEqual(['post 3', 'post 1'])
  })

  test('deleting what was never sent sends nothing', async () => {
    await open(1)
    await page.post('first')
    const second = await page.post('second')
    await page.remove(page.rows()[0])
    expect(page.texts()).toEqual(['(first)', 'post 1'])
    expect(await second.posted).toMatchObject({ code: 'aborted' })
    await page.deliver('create')
    expect(server.seen.filter(method => method !== 'GET')).toEqual(['POST'])
    expect(page.texts()).toEqual(['first', 'post 1'])
  })

  test('deleting what is on its way waits for the answer and then deletes', async () => {
    await open(1)
    await page.post('mine')
    const { removed } = await page.remove(page.rows()[0])
    expect(page.texts()).toEqual(['post 1'])
    expect(server.waits('delete')).toBe(false)
    await page.deliver('create')
    expect(page.texts()).toEqual(['post 1'])
    await page.deliver('delete')
    expect(await removed).toBeUndefined()
    expect(server.posts.map(post => post.text)).toEqual(['post 1'])
    expect(page.texts()).toEqual(['post 1'])
  })

  test('a post deleted on its way that fails can be tried again', async () => {
    await open(1)
    await page.post('mine', idOf(79))
    const { removed } = await page.remove(page.rows()[0])
    server.first('create').fail('forbidden', 403)
    await turn()
    expect(await removed).toBeUndefined()
    expect(server.waits('delete')).toBe(false)
    await page.post('mine', idOf(79))
    await page.deliver('create')
    await page.refetch()
    await page.deliver('list')
    expect(page.texts()).toEqual(['mine', 'post 1'])
  })

  test('a delete that is refused puts the row back where it was', async () => {
    await open(3)
    const rows = page.rows()
    const { removed } = await page.remove(rows[1])
    server.first('delete').fail('forbidden', 403)
    await turn()
    expect(await removed).toMatchObject({ code: 'forbidden' })
    expect(page.rows()).toEqual(rows)
    expect(page.rows().every((row, at) => row === rows[at])).toBe(true)
  })

  test('a post that somebody else deleted before is deleted', async () => {
    await open(2)
    const { removed } = await page.remove(page.rows()[0])
    server.first('delete').fail('not_found', 404)
    await turn()
    expect(await removed).toBeUndefined()
    expect(page.texts()).toEqual(['post 1'])
  })
})
