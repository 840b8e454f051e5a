import { createSession, createVenueKit, type Session, type VenueKit } from '@venuekit/core'
import { afterEach, expect, test, vi } from 'vitest'
import { createFeedServer, type FeedServer } from './testing/feedServer.ts'
import { feedId, type MountedFeed, maya, mountFeed } from './testing/mountFeed.ts'

// The page has a client of its own and gives it to the widget.

let server: FeedServer
let kit: VenueKit | Session
let feed: MountedFeed

const options = { apiUrl: 'https://api.example', publishableKey: 'vk_pub_page', getToken: () => 'token' }

const open = async (make: (options: Parameters<typeof createSession>[0]) => VenueKit | Session) => {
  server = createFeedServer({ feedId, viewer: maya, posts: 2 })
  kit = make({ ...options, viewer: maya, fetch: server.fetch })
  feed = await mountFeed({ signedIn: false, dress: element => Object.assign(element, { client: kit }) })
  await feed.until(() => feed.all('article').length === 2)
}
const texts = () => feed.all('.text').map(text => text.textContent)

afterEach(() => {
  document.body.replaceChildren()
  kit.close()
  vi.unstubAllGlobals()
})

for (const make of [createVenueKit, createSession]) {
  test(`the viewer and the posts are those of the page, by ${make.name}`, async () => {
    await open(make)
    await feed.until(() => feed.all('textarea').length === 1)
    const release = server.hold('POST')
    const posted = kit.operations.createPost(feedId, { text: 'From the page' })
    expect(texts()).toEqual(['From the page', 'Post 1', 'Post 2'])
    release()
    await posted
    await feed.until(() => feed.find('article').dataset.delivery === 'sent')
    expect(server.requests.filter(line => line.startsWith('GET') && line.includes('/posts'))).toHaveLength(1)
    expect(feed.server.requests).toEqual([])
  })

  test(`the page's next viewer is the widget's, by ${make.name}`, async () => {
    await open(make)
    kit.setViewer(null)
    await feed.until(() => feed.all('.sign-in').length === 1)
    await feed.until(() => feed.all('article').length === 2)
    kit.setViewer(maya)
    await feed.until(() => feed.all('textarea').length === 1)
    expect(texts()).toEqual(['Post 1', 'Post 2'])
  })
}

test("what the widget's visitor posts is in the page's own query at once", async () => {
  await open(createVenueKit)
  if (!('queryClient' in kit)) throw new Error('not a VenueKit')
  const { queryClient, queries } = kit
  await queryClient.fetchInfiniteQuery(queries.feed(feedId))
  await feed.until(() => feed.all('textarea').length === 1)
  const field = feed.find<HTMLTextAreaElement>('textarea')
  field.value = 'From the widget'
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await feed.until(() => feed.button('Post').ariaDisabled !== 'true')
  feed.button('Post').click()
  const data = queryClient.getQueryData<{ pages: { items: { text: string }[] }[] }>(queries.feed(feedId).queryKey)
  expect(data?.pages[0]?.items[0]?.text).toBe('From the widget')
})
