import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { feedId } from './testing/mountFeed.ts'
import { type OpenFeed, openFeed } from './testing/openFeed.ts'

let feed: OpenFeed

beforeEach(() => {
  document.documentElement.lang = 'en'
})

afterEach(() => {
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

const open = async (options?: Parameters<typeof openFeed>[0]) => {
  feed = await openFeed(options)
}

describe('reading', () => {
  test('pages come as the end comes near, in order and without repeats', async () => {
    await open({ posts: 45, pageSize: 10 })
    for (const count of [20, 30, 40, 45]) {
      feed.all('article').at(-1)?.scrollIntoView()
      await feed.until(() => feed.all('article').length >= count)
    }
    expect(feed.texts()).toEqual(Array.from({ length: 45 }, (_, at) => `Post ${at + 1}`))
    expect(feed.requests('GET')).toHaveLength(5)
    expect(feed.find('.end').textContent).toBe('You’re all caught up')
  })

  test('where nothing watches the screen, the button loads the next page and the focus goes to its first post', async () => {
    vi.stubGlobal('IntersectionObserver', undefined)
    await open({ posts: 15, pageSize: 10 })
    expect(feed.find('article').getAttribute('aria-setsize')).toBe('-1')
    feed.button('Show more').focus()
    await userEvent.keyboard('{Enter}')
    await feed.until(() => feed.all('article').length === 15)
    expect(feed.all('article').map(row => row.getAttribute('aria-posinset'))).toEqual(
      Array.from({ length: 15 }, (_, at) => String(at + 1)),
    )
    expect(feed.find('article').getAttribute('aria-setsize')).toBe('15')
    await feed.until(() => feed.focused() === feed.all('article')[10])
  })

  test('a page that does not come is told, with the posts kept, and can be asked for again', async () => {
    const release = await mountHeld()
    feed.find('.end').scrollIntoView()
    feed.server.failNext('GET', 'forbidden')
    release()
    await feed.until(() => feed.all('.end p').length === 1)
    expect(feed.all('article')).toHaveLength(10)
    feed.button('Try again').click()
    await feed.until(() => feed.all('article').length === 12)
  })

  const mountHeld = async () => {
    let release = () => {}
    await open({
      posts: 12,
      pageSize: 10,
      prepare: server => {
        release = server.hold(`GET /v1/feeds/${feedId}/posts?cursor`)
      },
    })
    return release
  }

  test('more news than a page holds leave a gap that a button fills', async () => {
    await open({ posts: 2, pageSize: 4 })
    for (let number = 1; number <= 7; number++) feed.server.add(`News ${number}`)
    await feed.element.refresh()
    await feed.until(() => feed.all('.gap').length === 1)
    expect(feed.texts()).toEqual(['News 7', 'News 6', 'News 5', 'News 4', 'Post 1', 'Post 2'])
    feed.button('Show the posts in between').click()
    await feed.until(() => feed.all('article').length === 9)
    expect(feed.all('.gap')).toHaveLength(0)
    expect(feed.texts().slice(3, 8)).toEqual(['News 4', 'News 3', 'News 2', 'News 1', 'Post 1'])
  })

  test('a feed without posts says so', async () => {
    await open({ posts: 0 })
    expect(feed.find('.state').textContent).toContain('No posts yet')
  })

  test('a feed that cannot be loaded says why and comes when tried again', async () => {
    await open({ prepare: server => server.failNext('GET', 'not_found') })
    expect(feed.find('[role=alert]').textContent).toContain('It is not available any more.')
    feed.button('Try again').click()
    await feed.until(() => feed.all('article').length === 3)
  })

  test('markup is text, web addresses are links that give the page away to nobody', async () => {
    const text = '<img src=x onerror="window.broken=1"> javascript:alert(1) https://nightowls.example/a?b=1.'
    await open({ posts: 0, prepare: server => void server.add(text) })
    expect(feed.texts()).toEqual([text])
    expect(feed.all('.text img')).toHaveLength(0)
    const [link, ...others] = feed.all<HTMLAnchorElement>('.text a')
    expect(others).toEqual([])
    expect(link?.href).toBe('https://nightowls.example/a?b=1')
    expect(link?.rel).toBe('noopener nofollow ugc')
    expect('broken' in window).toBe(false)
  })

  test('a picture that does not load leaves the initials', async () => {
    const avatarUrl = 'data:image/png;base64,AAAA'
    await open({
      posts: 0,
      prepare: server => void server.add('Hi', { author: { id: 'x', name: 'Ren Takahashi', avatarUrl } }),
    })
    await feed.until(() => feed.all('article .avatar img').length === 0)
    expect(feed.find('article .avatar').textContent).toBe('RT')
  })

  test('a long text opens on demand', async () => {
    await open({ posts: 0, prepare: server => void server.add('La la la.\n'.repeat(40)) })
    const clipped = feed.find('.text').offsetHeight
    feed.button('Read more').click()
    await feed.until(() => feed.find('.text').offsetHeight > clipped * 2)
  })

  test('words and language are those of the page', async () => {
    await open({
      dress: element => {
        element.locale = 'de'
        element.messages = { composerPlaceholder: 'Was gibt es?' }
      },
    })
    expect(feed.find<HTMLTextAreaElement>('textarea').placeholder).toBe('Was gibt es?')
    expect(feed.all('time')[1]?.textContent).toContain('vor')
    feed.element.messages = { composerPlaceholder: 'Erzähl!' }
    await feed.until(() => feed.find<HTMLTextAreaElement>('textarea').placeholder === 'Erzähl!')
  })
})
