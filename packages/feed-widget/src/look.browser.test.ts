import { afterEach, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { FeedServer } from './testing/feedServer.ts'
import { type MountedFeed, maya, mountFeed, nextFrame } from './testing/mountFeed.ts'

// `VITE_PICTURES=1` draws every state into `.screenshots/feed`, for a person to look at.
const wantsPictures = (import.meta as { env?: Record<string, string> }).env?.VITE_PICTURES === '1'

const people = ['The Night Owls', 'jonas', 'Ren Takahashi', 'Priya Raman', 'Lou'].map(name => ({
  id: name,
  name,
  avatarUrl: null,
}))

const said = [
  'Set list leaked, and it is glorious: https://nightowls.example/setlist-november-tour-2026',
  'Is there parking nearby?',
  '<b>Best show</b> I have seen in years. The lights in the second half!\n\nSame time next year?',
  'سأكون هناك مساء اليوم، احجزوا لي مقعداً',
  'Merch table takes cards now.',
]

const talk = (server: FeedServer) => {
  const minute = 60_000
  const at = (minutes: number) => {
    const time = Date.now() - minutes * minute
    return { createdAt: new Date(time).toISOString(), position: String(time).padStart(16, '0') }
  }
  for (const [index, text] of said.entries()) {
    const author = people[index % people.length] ?? maya
    server.add(text, { author, ...at(12 + index * index * 260) })
  }
  server.add('I have two spare seats in the balcony.', { author: maya, canDelete: true, ...at(95) })
  const rules = 'Doors at 7, first act at 8. The balcony opens tonight for the first time this season.'
  server.add(rules, { author: people[0] ?? maya, ...at(2000), pinnedAt: new Date().toISOString() })
}

interface Scene {
  options?: Parameters<typeof mountFeed>[0]
  act?: (feed: MountedFeed) => Promise<void>
}

const shown = (feed: MountedFeed) => feed.until(() => feed.all('article, .state').length > 0)
const canWrite = (feed: MountedFeed) => feed.until(() => feed.all('textarea').length > 0)

const scenes: Record<string, Scene> = {
  list: { options: { posts: 0, prepare: talk } },
  'signed-out': {
    options: { posts: 0, prepare: talk, signedIn: false },
    act: async feed => {
      feed.button('Sign in to post').click()
      await feed.until(() => feed.find('.notice').textContent !== '')
    },
  },
  typing: {
    options: { posts: 0, prepare: talk },
    act: feed => userEvent.fill(feed.find('textarea'), `${'Who else is coming tonight? '.repeat(67)}`),
  },
  failed: {
    options: {
      posts: 0,
      prepare: server => {
        talk(server)
        server.failNext('POST', 'forbidden')
        server.failNext('DELETE', 'forbidden')
      },
    },
    act: async feed => {
      await openMenu(feed, own)
      choose(feed, 'Delete')
      await feed.until(() => feed.all('.bar').length === 1)
      feed.button('Undo').focus()
      await userEvent.keyboard('{Escape}')
      await userEvent.fill(feed.find('textarea'), 'See you all at the bar afterwards.')
      feed.button('Post').click()
      await feed.until(() => feed.all('.problem').length === 2)
    },
  },
  menu: {
    options: {
      posts: 0,
      prepare: server => {
        talk(server)
        server.info.permissions.moderate = true
      },
    },
    act: feed => openMenu(feed, own),
  },
  report: {
    options: { posts: 0, prepare: talk },
    act: async feed => {
      await openMenu(feed, 'article')
      choose(feed, 'Report…')
      await feed.until(() => feed.all('dialog[open]').length === 1)
      await userEvent.click(feed.all('.reason')[1] ?? feed.element)
    },
  },
  undo: {
    options: { posts: 0, prepare: talk },
    act: async feed => {
      await openMenu(feed, own)
      choose(feed, 'Delete')
      await feed.until(() => feed.all('.bar').length === 1)
    },
  },
  liked: {
    options: { posts: 0, prepare: talk },
    act: async feed => {
      for (const heart of feed.all('.react').slice(0, 3)) heart.click()
      await feed.until(() => feed.all('.react[aria-pressed=true]').length === 3)
    },
  },
  news: {
    options: { posts: 0, prepare: talk },
    act: async feed => {
      await userEvent.click(feed.find('.text'))
      for (const text of ['One more song!', 'That was it. Thank you, Portland.', 'Get home safely'])
        feed.server.add(text)
      await feed.element.refresh()
      await feed.until(() => feed.all('.pill').length === 1)
    },
  },
  offline: {
    options: { posts: 0, prepare: talk },
    act: async feed => {
      vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
      window.dispatchEvent(new Event('offline'))
      await feed.until(() => feed.all('.offline').length === 1)
      await userEvent.fill(feed.find('textarea'), 'Anyone else without signal in here?')
      feed.button('Post').click()
      await feed.until(() => feed.all('[data-delivery=waiting]').length === 1)
    },
  },
  focus: {
    options: { posts: 0, prepare: talk },
    act: async feed => {
      await userEvent.click(feed.find('textarea'))
      await userEvent.keyboard('{Tab}{Tab}{PageDown}')
    },
  },
  sent: {
    options: { posts: 0, prepare: talk },
    act: async feed => {
      await userEvent.fill(feed.find('textarea'), 'Just posted this.')
      feed.button('Post').click()
      await feed.until(() => feed.all('article')[1]?.dataset.delivery === 'sent')
    },
  },
  empty: { options: { posts: 0 } },
  error: { options: { prepare: server => server.failNext('GET', 'not_found') } },
  loading: { options: { prepare: server => void server.hold('GET') } },
  more: {
    options: {
      posts: 8,
      pageSize: 4,
      prepare: server => void server.hold('GET /v1/feeds/0192f7a0-0000-7000-8000-000000000001/posts?cursor'),
    },
  },
}

const own = 'article:nth-of-type(3)'
const openMenu = async (feed: MountedFeed, row: string) => {
  feed.find(`${row} [aria-haspopup]`).click()
  await feed.until(() => feed.all('[role=menuitem]').length > 0)
}
const choose = (feed: MountedFeed, name: string) =>
  feed
    .all('[role=menuitem]')
    .find(({ textContent }) => textContent === name)
    ?.click()

const themes: readonly (readonly [theme: 'light' | 'dark', width: number, direction: 'ltr' | 'rtl'])[] = [
  ['light', 632, 'ltr'],
  ['dark', 632, 'ltr'],
  ['light', 320, 'ltr'],
  ['dark', 632, 'rtl'],
]

afterEach(() => {
  document.body.replaceChildren()
  document.body.removeAttribute('style')
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

for (const [name, { options = {}, act }] of Object.entries(scenes)) {
  test.runIf(wantsPictures)(`${name} looks as it should`, { timeout: 60_000 }, async () => {
    for (const [theme, width, direction] of themes) {
      document.body.replaceChildren()
      vi.restoreAllMocks()
      document.body.style.cssText = `margin:0;padding:16px;font-family:system-ui,sans-serif;background:${theme === 'dark' ? '#0c0d10' : '#eceef2'}`
      await page.viewport(width, 900)
      const feed = await mountFeed({
        ...options,
        dress: element => {
          element.theme = theme
          element.dir = direction
          element.locale = 'en'
        },
      })
      if (name !== 'loading') await shown(feed)
      if (options.signedIn !== false) await canWrite(feed)
      if (feed.all('article').length > 0) await feed.until(() => feed.all('.dock').length > 0)
      await act?.(feed)
      await nextFrame()
      await settled(feed)
      const path = `../../../.screenshots/feed/${name}-${theme}-${width}-${direction}.png`
      await page.screenshot({ path, element: document.body })
    }
  })
}

/** Waits for the transitions that come to an end. */
const settled = ({ element }: MountedFeed) =>
  Promise.allSettled(
    (element.shadowRoot?.getAnimations() ?? [])
      .filter(animation => isShort(animation))
      .map(animation => animation.finished),
  )

const isShort = ({ effect }: Animation) => Number(effect?.getComputedTiming().endTime) < 3000
