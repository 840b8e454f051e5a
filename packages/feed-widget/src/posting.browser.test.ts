import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { maya, nextFrame } from './testing/mountFeed.ts'
import { hear, type OpenFeed, openFeed } from './testing/openFeed.ts'

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

describe('posting', () => {
  test('a post is painted in the frame after the click, and no list request follows', async () => {
    await open()
    await feed.write('Hello, loft')
    const release = feed.server.hold('POST')
    const created = hear('venuekit-post-created')
    feed.button('Post').click()
    await nextFrame()
    expect(feed.texts()[0]).toBe('Hello, loft')
    expect(feed.find('article').offsetHeight).toBeGreaterThan(0)
    expect(feed.find<HTMLTextAreaElement>('textarea').value).toBe('')
    release()
    await feed.until(() => feed.find('article').dataset.delivery === 'sent')
    await feed.until(() => created.length === 1)
    expect(created[0]?.detail.post).toMatchObject({ text: 'Hello, loft', author: maya })
    expect(feed.requests('GET')).toHaveLength(1)
    expect(feed.requests('POST')).toHaveLength(1)
  })

  test("the row's element and the focus on it outlive the server's answer", async () => {
    await open()
    const release = feed.server.hold('POST')
    await feed.write('Hello')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    const row = feed.find('article')
    const others = feed.all('article').slice(1)
    row.focus()
    release()
    await feed.until(() => row.dataset.delivery === 'sent')
    await nextFrame()
    expect(feed.find('article')).toBe(row)
    expect(feed.focused()).toBe(row)
    expect(feed.all('article').slice(1)).toEqual(others)
  })

  test('a post that failed stays with its text and is sent again under the same client id', async () => {
    await open({ prepare: server => server.failNext('POST', 'forbidden') })
    await feed.write('Hello')
    feed.button('Post').click()
    await feed.until(() => feed.find('article').dataset.delivery === 'failed')
    const row = feed.find('article')
    expect(row.textContent).toContain('Not posted. That is not allowed here.')
    expect(feed.find('[role=status] span[aria-live], .spoken[role=status]').textContent).toBe('Not posted.')
    const release = feed.server.hold('POST')
    feed.button('Try again').click()
    await feed.until(() => row.dataset.delivery === 'sending')
    release()
    await feed.until(() => row.dataset.delivery === 'sent')
    expect(feed.find('article')).toBe(row)
    expect(feed.texts()).toEqual(['Hello', 'Post 1', 'Post 2', 'Post 3'])
    const [post] = feed.server.posts
    expect(feed.server.bodies).toEqual([{ clientId: post?.clientId, text: 'Hello' }])
  })

  test('a post that failed can be let go, and the focus goes to the next one', async () => {
    await open({ prepare: server => server.failNext('POST', 'forbidden') })
    await feed.write('Hello')
    feed.button('Post').click()
    await feed.until(() => feed.find('article').dataset.delivery === 'failed')
    feed.button('Discard').focus()
    await userEvent.keyboard('{Enter}')
    expect(feed.texts()).toEqual(['Post 1', 'Post 2', 'Post 3'])
    expect(feed.focused()).toBe(feed.find('article'))
  })

  test('what is too long is told and not sent, and nothing is cut off', async () => {
    await open()
    await feed.write('x'.repeat(2005))
    expect(feed.find('.count').textContent).toContain('-5')
    expect(feed.find('textarea').getAttribute('aria-invalid')).toBe('true')
    feed.button('Post').click()
    await nextFrame()
    expect(feed.requests('POST')).toHaveLength(0)
    expect(feed.find<HTMLTextAreaElement>('textarea').value).toHaveLength(2005)
  })

  test('spaces alone are no post', async () => {
    await open()
    await feed.write('  \n ')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await nextFrame()
    expect(feed.requests('POST')).toHaveLength(0)
  })

  test('the field grows with its text', async () => {
    await open()
    const before = feed.find('textarea').offsetHeight
    await feed.write('one\ntwo\nthree\nfour')
    expect(feed.find('textarea').offsetHeight).toBeGreaterThan(before * 2)
  })
})

describe('signing in', () => {
  test('who is not signed in reads, and is told to sign in where the page does not take care of it', async () => {
    await open({ signedIn: false })
    expect(feed.all('article')).toHaveLength(3)
    expect(feed.all('textarea')).toHaveLength(0)
    const asked = hear('venuekit-auth-required')
    feed.button('Sign in to post').click()
    await nextFrame()
    expect(asked[0]?.detail).toEqual({ action: 'create' })
    expect(feed.find('.notice').textContent).toContain('Sign in on this site first')
  })

  test('a page that takes care of it cancels the event, and the composer comes without the posts going', async () => {
    await open({ signedIn: false })
    const rows = feed.all('article')
    feed.element.addEventListener('venuekit-auth-required', event => {
      event.preventDefault()
      feed.element.viewer = maya
    })
    const release = feed.server.hold('GET')
    feed.button('Sign in to post').click()
    await feed.until(() => feed.all('textarea').length === 1)
    expect(feed.all('article')).toEqual(rows)
    release()
    await feed.until(() => feed.requests('GET').length === 2)
    expect(feed.all('article')).toEqual(rows)
  })

  test('a token that the server refuses asks for the viewer again and keeps the post', async () => {
    await open({ prepare: server => server.failNext('POST', 'unauthorized') })
    const asked = hear('venuekit-auth-required')
    await feed.write('Hello')
    feed.button('Post').click()
    await feed.until(() => asked.length === 1)
    await feed.until(() => feed.find('article').textContent.includes('You need to sign in again.'))
    expect(feed.texts()[0]).toBe('Hello')
  })
})
