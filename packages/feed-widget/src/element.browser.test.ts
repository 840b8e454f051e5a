import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { feedId, type MountedFeed, maya, mountFeed, nextFrame } from './testing/mountFeed.ts'

let feed: MountedFeed

beforeEach(() => {
  document.documentElement.lang = 'en'
})

afterEach(() => {
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

const open = async (options?: Parameters<typeof mountFeed>[0]) => {
  feed = await mountFeed(options)
  await feed.until(() => feed.all('article, .state').length > 0)
  if (options?.signedIn !== false) await feed.until(() => feed.all('textarea').length > 0)
}
const texts = () => feed.all('.text').map(text => text.textContent)
const write = (text: string) => userEvent.fill(feed.find('textarea'), text)
const focused = () => feed.element.shadowRoot?.activeElement ?? null
const requests = (method: string) =>
  feed.server.requests.filter(line => line.startsWith(method) && line.includes('/posts'))
const heard = (name: string) => {
  const events: CustomEvent[] = []
  document.addEventListener(name, event => events.push(event as CustomEvent), { once: true })
  return events
}

describe('posting', () => {
  test('a post is painted in the frame after the click, and no list request follows', async () => {
    await open()
    await write('Hello, loft')
    const release = feed.server.hold('POST')
    const created = heard('venuekit-post-created')
    feed.button('Post').click()
    await nextFrame()
    expect(texts()[0]).toBe('Hello, loft')
    expect(feed.find('article').offsetHeight).toBeGreaterThan(0)
    expect(feed.find<HTMLTextAreaElement>('textarea').value).toBe('')
    release()
    await feed.until(() => feed.find('article').dataset.delivery === 'sent')
    await feed.until(() => created.length === 1)
    expect(created[0]?.detail.post).toMatchObject({ text: 'Hello, loft', author: maya })
    expect(requests('GET')).toHaveLength(1)
    expect(requests('POST')).toHaveLength(1)
  })

  test("the row's element and the focus on it outlive the server's answer", async () => {
    await open()
    const release = feed.server.hold('POST')
    await write('Hello')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    const row = feed.find('article')
    const others = feed.all('article').slice(1)
    row.focus()
    release()
    await feed.until(() => row.dataset.delivery === 'sent')
    await nextFrame()
    expect(feed.find('article')).toBe(row)
    expect(focused()).toBe(row)
    expect(feed.all('article').slice(1)).toEqual(others)
  })

  test('a post that failed stays with its text and is sent again under the same client id', async () => {
    await open({ prepare: server => server.failNext('POST', 'forbidden') })
    await write('Hello')
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
    expect(texts()).toEqual(['Hello', 'Post 1', 'Post 2', 'Post 3'])
    const [post] = feed.server.posts
    expect(feed.server.bodies).toEqual([{ clientId: post?.clientId, text: 'Hello' }])
  })

  test('a post that failed can be let go, and the focus goes to the next one', async () => {
    await open({ prepare: server => server.failNext('POST', 'forbidden') })
    await write('Hello')
    feed.button('Post').click()
    await feed.until(() => feed.find('article').dataset.delivery === 'failed')
    feed.button('Discard').focus()
    await userEvent.keyboard('{Enter}')
    expect(texts()).toEqual(['Post 1', 'Post 2', 'Post 3'])
    expect(focused()).toBe(feed.find('article'))
  })

  test('what is too long is told and not sent, and nothing is cut off', async () => {
    await open()
    await write('x'.repeat(2005))
    expect(feed.find('.count').textContent).toContain('-5')
    expect(feed.find('textarea').getAttribute('aria-invalid')).toBe('true')
    feed.button('Post').click()
    await nextFrame()
    expect(requests('POST')).toHaveLength(0)
    expect(feed.find<HTMLTextAreaElement>('textarea').value).toHaveLength(2005)
  })

  test('spaces alone are no post', async () => {
    await open()
    await write('  \n ')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await nextFrame()
    expect(requests('POST')).toHaveLength(0)
  })

  test('the field grows with its text', async () => {
    await open()
    const before = feed.find('textarea').offsetHeight
    await write('one\ntwo\nthree\nfour')
    expect(feed.find('textarea').offsetHeight).toBeGreaterThan(before * 2)
  })
})

describe('signing in', () => {
  test('who is not signed in reads, and is told to sign in where the page does not take care of it', async () => {
    await open({ signedIn: false })
    expect(feed.all('article')).toHaveLength(3)
    expect(feed.all('textarea')).toHaveLength(0)
    const asked = heard('venuekit-auth-required')
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
    await feed.until(() => requests('GET').length === 2)
    expect(feed.all('article')).toEqual(rows)
  })

  test('a token that the server refuses asks for the viewer again and keeps the post', async () => {
    await open({ prepare: server => server.failNext('POST', 'unauthorized') })
    const asked = heard('venuekit-auth-required')
    await write('Hello')
    feed.button('Post').click()
    await feed.until(() => asked.length === 1)
    await feed.until(() => feed.find('article').textContent.includes('You need to sign in again.'))
    expect(texts()[0]).toBe('Hello')
  })
})

describe('deleting', () => {
  const openWithOwn = () =>
    open({ posts: 2, prepare: server => void server.add('Mine', { author: maya, canDelete: true }) })

  test('asks first; yes takes the post away at once and moves the focus to the next', async () => {
    await openWithOwn()
    const release = feed.server.hold('DELETE')
    const deleted = heard('venuekit-post-deleted')
    feed.button('Delete post').click()
    await feed.until(() => focused() === feed.button('Keep'))
    expect(requests('DELETE')).toHaveLength(0)
    feed.button('Delete').click()
    await nextFrame()
    expect(texts()).toEqual(['Post 1', 'Post 2'])
    expect(focused()).toBe(feed.find('article'))
    release()
    await feed.until(() => deleted.length === 1)
    expect(requests('GET')).toHaveLength(1)
  })

  test('no, by key or by click, leaves everything as it was and gives the focus back', async () => {
    await openWithOwn()
    feed.button('Delete post').click()
    await feed.until(() => focused() === feed.button('Keep'))
    await userEvent.keyboard('{Escape}')
    await feed.until(() => focused() === feed.button('Delete post'))
    expect(texts()).toEqual(['Mine', 'Post 1', 'Post 2'])
    expect(requests('DELETE')).toHaveLength(0)
  })

  test('a delete that failed brings the post back and says so', async () => {
    await openWithOwn()
    feed.server.failNext('DELETE', 'forbidden')
    feed.button('Delete post').click()
    await feed.until(() => focused() === feed.button('Keep'))
    feed.button('Delete').click()
    await feed.until(() => texts().length === 3)
    expect(feed.find('article').textContent).toContain('Not deleted. That is not allowed here.')
  })

  test("others' posts offer no delete", async () => {
    await open()
    expect(feed.all('article .icon-button')).toHaveLength(0)
  })
})

describe('reading', () => {
  test('pages come as the end comes near, in order and without repeats', async () => {
    await open({ posts: 45, pageSize: 10 })
    for (const count of [20, 30, 40, 45]) {
      feed.all('article').at(-1)?.scrollIntoView()
      await feed.until(() => feed.all('article').length >= count)
    }
    expect(texts()).toEqual(Array.from({ length: 45 }, (_, at) => `Post ${at + 1}`))
    expect(requests('GET')).toHaveLength(5)
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
    await feed.until(() => focused() === feed.all('article')[10])
  })

  test('a page that does not come is told, with the posts kept, and can be asked for again', async () => {
    const release = await mountHeld()
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
    expect(texts()).toEqual(['News 7', 'News 6', 'News 5', 'News 4', 'Post 1', 'Post 2'])
    feed.button('Show the posts in between').click()
    await feed.until(() => feed.all('article').length === 9)
    expect(feed.all('.gap')).toHaveLength(0)
    expect(texts().slice(3, 8)).toEqual(['News 4', 'News 3', 'News 2', 'News 1', 'Post 1'])
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
    expect(texts()).toEqual([text])
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

describe('by keyboard alone', () => {
  test('write, post, go from post to post, delete, leave', async () => {
    await open({ posts: 2 })
    const before = document.createElement('button')
    before.textContent = 'before'
    document.body.prepend(before)
    before.focus()
    await userEvent.tab()
    expect(focused()).toBe(feed.find('textarea'))
    await userEvent.keyboard('Hi all{Control>}{Enter}{/Control}')
    await feed.until(() => feed.find('article').dataset.delivery === 'sent')
    expect(focused()).toBe(feed.find('textarea'))
    // Past images, video and the button that posts.
    for (let stop = 0; stop < 4; stop++) await userEvent.tab()
    const [own, next] = feed.all('article')
    expect(focused()).toBe(own)
    await userEvent.keyboard('{PageDown}')
    expect(focused()).toBe(next)
    await userEvent.keyboard('{PageUp}')
    expect(focused()).toBe(own)
    await userEvent.tab()
    await userEvent.keyboard('{Enter}')
    await feed.until(() => focused() === feed.button('Keep'))
    await userEvent.tab()
    await userEvent.keyboard('{Enter}')
    await feed.until(() => texts().length === 2)
    expect(focused()).toBe(next)
    await userEvent.keyboard('{Control>}{End}{/Control}')
    expect(focused()).toBe(feed.find('.end'))
    next?.focus()
    await userEvent.keyboard('{Control>}{Home}{/Control}')
    expect(focused()).toBe(feed.find('textarea'))
  })
})

describe('on any page', () => {
  test('an element without its feed says what is missing', async () => {
    const errors = heard('venuekit-error')
    const element = document.createElement('venuekit-feed')
    element.apiUrl = 'https://api.example'
    document.body.append(element)
    await expect(element.ready).rejects.toThrow('feed-id')
    expect(errors[0]?.detail.message).toContain('feed-id')
  })

  test("the page's rules do not reach inside", async () => {
    const style = document.createElement('style')
    style.textContent = `* { color: rgb(255, 0, 0) !important; letter-spacing: 9px !important; text-transform: uppercase !important;
      line-height: 4 !important; font-size: 40px !important; text-align: right !important; float: left; display: inline }`
    document.head.append(style)
    await open({ dress: element => element.setAttribute('theme', 'light') })
    const { color, letterSpacing, textTransform, fontSize, textAlign } = getComputedStyle(feed.find('.text'))
    const seen = [color, letterSpacing, textTransform, fontSize, textAlign]
    style.remove()
    expect(seen).toEqual(['rgb(21, 23, 28)', 'normal', 'none', '15px', 'start'])
  })

  test('nothing needs an inline style', async () => {
    await open()
    await write('Hello')
    feed.button('Post').click()
    await feed.until(() => feed.find('article').dataset.delivery === 'sent')
    expect(feed.all('[style], style')).toEqual([])
  })

  test('fifty mounts and removals leave no listener and no timer', async () => {
    const counted = countLeftovers()
    for (let turn = 0; turn < 50; turn++) {
      await open({ posts: 2 })
      feed.element.remove()
      await feed.until(() => feed.all('article').length === 0)
    }
    await vi.waitFor(() => expect(counted.left()).toEqual({ listeners: 0, timers: 0, intervals: 0 }))
    counted.stop()
  })
})

/** Counts listeners on the window and the document, and timers, that were added and not taken back. */
const countLeftovers = () => {
  const listeners = new Set<string>()
  const timers = new Set<unknown>()
  const intervals = new Set<unknown>()
  const ids = new WeakMap<object, number>()
  let nextId = 0
  const nameOf = (type: string, listener: unknown) => {
    const key = listener as object
    if (!ids.has(key)) ids.set(key, nextId++)
    return `${type} ${ids.get(key)}`
  }
  const stops = [window, document].map(target => {
    const { addEventListener, removeEventListener } = target
    target.addEventListener = (type: string, listener: never, options?: never) => {
      listeners.add(nameOf(type, listener))
      addEventListener.call(target, type, listener, options)
    }
    target.removeEventListener = (type: string, listener: never, options?: never) => {
      listeners.delete(nameOf(type, listener))
      removeEventListener.call(target, type, listener, options)
    }
    return () => {
      Object.assign(target, { addEventListener, removeEventListener })
    }
  })
  const { setTimeout, clearTimeout, setInterval, clearInterval } = window
  Object.assign(window, {
    setTimeout: (work: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
      const id = setTimeout(() => {
        timers.delete(id)
        work(...args)
      }, ms)
      timers.add(id)
      return id
    },
    clearTimeout: (id: number) => {
      timers.delete(id)
      clearTimeout(id)
    },
    setInterval: (work: () => void, ms?: number) => {
      const id = setInterval(work, ms)
      intervals.add(id)
      return id
    },
    clearInterval: (id: number) => {
      intervals.delete(id)
      clearInterval(id)
    },
  })
  return {
    left: () => ({ listeners: listeners.size, timers: timers.size, intervals: intervals.size }),
    stop: () => {
      for (const stop of stops) stop()
      Object.assign(window, { setTimeout, clearTimeout, setInterval, clearInterval })
    },
  }
}
