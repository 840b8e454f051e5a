import { afterEach, expect, test } from 'vitest'
import { openFeed, turn } from '../../test/feedPage.ts'
import { feedId, ScriptedFeed } from '../../test/ScriptedFeed.ts'

let server: ScriptedFeed
let page: ReturnType<typeof openFeed>

/** A page whose own screen shows the feed by a query. */
const open = async (posts: number) => {
  server = new ScriptedFeed(posts)
  page = openFeed(server)
  await page.loaded()
}

/** A widget that the page gave its VenueKit to. */
const addWidget = () => {
  const reader = page.venuekit.session.feed(feedId)
  const stop = reader.subscribe(() => {})
  const texts = () => reader.snapshot.data?.pages.flatMap(each => each.items.map(post => post.text))
  return { reader, stop, texts }
}

afterEach(() => page.close())

test('a widget beside the page shows what the page has loaded, without a request', async () => {
  await open(4)
  const widget = addWidget()
  await turn()
  expect(widget.texts()).toEqual(['post 4', 'post 3', 'post 2'])
  expect(server.seen).toEqual(['GET'])
})

test('what one posts, loads or refreshes, the other shows', async () => {
  await open(4)
  const widget = addWidget()
  await page.post('mine')
  expect(widget.texts()?.[0]).toBe('mine')
  await page.deliver('create')
  void widget.reader.loadMore()
  await turn()
  await page.deliver('list')
  expect(page.texts()).toEqual(['mine', 'post 4', 'post 3', 'post 2', 'post 1'])
  server.add('news')
  void widget.reader.refresh()
  await turn()
  await page.deliver('list')
  expect(page.texts()[0]).toBe('news')
})

test('a list stays while either of them reads it', async () => {
  await open(4)
  const widget = addWidget()
  page.queryClient.clear()
  await page.post('mine')
  expect(widget.texts()).toEqual(['mine', 'post 4', 'post 3', 'post 2'])
  const { lists } = page.venuekit.session.feeds
  const key = JSON.stringify(page.venuekit.keys.feedList(feedId))
  lists.release(key, widget.reader)
  expect(lists.data(key)).toBeNull()
})

test('a page that one asked for before the other found the feed shorter does not come back', async () => {
  await open(4)
  const widget = addWidget()
  await page.loadMore()
  const early = server.first('list').process()
  for (const post of server.posts.slice(1)) server.remove(post.id)
  void widget.reader.refresh()
  await turn()
  for (const held of server.held) if (held !== early) held.deliver()
  await turn()
  expect(widget.texts()).toEqual(['post 4'])
  early.deliver()
  await turn()
  expect(widget.texts()).toEqual(['post 4'])
  expect(page.texts()).toEqual(['post 4'])
})

test('a head that one asked for earlier does not undo what the other asked for later', async () => {
  await open(3)
  const widget = addWidget()
  await page.refetch()
  const early = server.first('list').process()
  server.add('news')
  void widget.reader.refresh()
  await turn()
  for (const held of server.held) if (held !== early) held.deliver()
  await turn()
  early.deliver()
  await turn()
  expect(page.texts()).toEqual(['news', 'post 3', 'post 2', 'post 1'])
})

test("the page's next viewer is the widget's too", async () => {
  await open(2)
  const { session } = page.venuekit
  page.venuekit.setViewer({ id: 'bob', name: 'Bob' })
  expect(session.viewer?.id).toBe('bob')
  session.setViewer({ id: 'eve', name: 'Eve' })
  expect(page.venuekit.viewer?.id).toBe('eve')
  expect(page.venuekit.keys.all()).toContain('eve')
})
