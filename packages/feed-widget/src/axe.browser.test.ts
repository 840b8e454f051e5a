import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { checkAccess } from '../../../test/checkAccess.ts'
import type { FeedServer } from './testing/feedServer.ts'
import { type MountedFeed, maya, mountFeed, nextFrame } from './testing/mountFeed.ts'

const looks = {
  light: { theme: 'light', dir: 'ltr', locale: 'en' },
  dark: { theme: 'dark', dir: 'ltr', locale: 'en' },
  // In a language that we do not have: what is pressed is found by its English name.
  'right to left': { theme: 'light', dir: 'rtl', locale: 'he' },
} as const

const talk = (server: FeedServer) => {
  server.add('Set list: https://nightowls.example/set-list', {})
  server.add('سأكون هناك مساء اليوم', {})
  server.add('La la la.\n'.repeat(40), {})
  server.add('I have two spare seats.', { author: maya, canDelete: true })
  server.add('Doors at 7.', { pinnedAt: new Date().toISOString() })
}

interface State {
  options?: Parameters<typeof mountFeed>[0]
  act?: (feed: MountedFeed) => Promise<void>
}

const canWrite = (feed: MountedFeed) => feed.until(() => feed.all('textarea').length > 0)
const canAct = (feed: MountedFeed) => feed.until(() => feed.all('.react').length > 0)
const write = async (feed: MountedFeed, text: string) => {
  await userEvent.fill(feed.find('textarea'), text)
  feed.button('Post').click()
}

const states: Record<string, State> = {
  'posts, one pinned, one of their own': { options: { posts: 2, prepare: talk }, act: canWrite },
  'nobody signed in, and the notice': {
    options: { posts: 0, prepare: talk, signedIn: false },
    act: async feed => {
      feed.button('Sign in to post').click()
      await nextFrame()
    },
  },
  'a text that is too long': {
    act: async feed => {
      await canWrite(feed)
      await userEvent.fill(feed.find('textarea'), 'x'.repeat(2005))
    },
  },
  'a post being sent': {
    options: { prepare: server => void server.hold('POST') },
    act: async feed => {
      await canWrite(feed)
      await write(feed, 'Hello')
    },
  },
  'a post that failed': {
    options: { prepare: server => server.failNext('POST', 'forbidden') },
    act: async feed => {
      await canWrite(feed)
      await write(feed, 'Hello')
      await feed.until(() => feed.all('.problem').length === 1)
    },
  },
  'an open menu': {
    options: { posts: 0, prepare: talk },
    act: async feed => {
      await canAct(feed)
      feed.all('[aria-haspopup]')[1]?.click()
      await feed.until(() => feed.all('[role=menuitem]').length > 0)
    },
  },
  'a report': {
    options: { posts: 1 },
    act: async feed => {
      await canAct(feed)
      feed.button('Post options').click()
      await feed.until(() => feed.all('[role=menuitem]').length > 0)
      feed.find('[role=menuitem]').click()
      await feed.until(() => feed.all('dialog[open]').length === 1)
    },
  },
  'a report that was not sent': {
    options: { posts: 1, prepare: server => server.failNext('POST', 'forbidden') },
    act: async feed => {
      await canAct(feed)
      feed.button('Post options').click()
      await feed.until(() => feed.all('[role=menuitem]').length > 0)
      feed.find('[role=menuitem]').click()
      await feed.until(() => feed.all('dialog[open]').length === 1)
      feed.find('dialog input').click()
      await feed.until(() => feed.button('Send report').ariaDisabled === 'false')
      feed.button('Send report').click()
      await feed.until(() => feed.all('.fault').length === 1)
    },
  },
  'what can be undone, with a like in sight': {
    options: { posts: 4, prepare: server => void server.add('Mine', { author: maya, canDelete: true }) },
    act: async feed => {
      await canAct(feed)
      feed.all('.react')[1]?.click()
      feed.button('Post options').click()
      await feed.until(() => feed.all('[role=menuitem]').length > 0)
      feed.find('[role=menuitem]').click()
      await feed.until(() => feed.all('.bar').length === 1)
    },
  },
  'new posts that wait': {
    options: { posts: 3 },
    act: async feed => {
      await canAct(feed)
      await userEvent.click(feed.find('.text'))
      feed.server.add('News')
      await feed.element.refresh()
      await feed.until(() => feed.all('.pill').length === 1)
    },
  },
  'no connection': {
    act: async feed => {
      await canWrite(feed)
      await canAct(feed)
      vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
      window.dispatchEvent(new Event('offline'))
      await feed.until(() => feed.all('.offline').length === 1)
    },
  },
  'a gap between posts': {
    options: { posts: 2, pageSize: 4 },
    act: async feed => {
      await feed.until(() => feed.all('article').length > 0)
      for (let number = 0; number < 7; number++) feed.server.add(`News ${number}`)
      await feed.element.refresh()
      await feed.until(() => feed.all('.gap').length === 1)
    },
  },
  'a page on its way': {
    options: {
      posts: 8,
      pageSize: 4,
      prepare: server => void server.hold('GET /v1/feeds/0192f7a0-0000-7000-8000-000000000001/posts?cursor'),
    },
  },
  'no posts': { options: { posts: 0 } },
  'a feed that failed': { options: { prepare: server => server.failNext('GET', 'not_found') } },
  'a feed on its way': {
    options: { prepare: server => void server.hold('GET') },
    act: feed => feed.until(() => feed.all('.skeleton').length > 0),
  },
}

beforeEach(async () => {
  document.documentElement.lang = 'en'
  document.title = 'A venue'
  await page.viewport(640, 900)
})

afterEach(() => {
  document.body.replaceChildren()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

for (const [look, dress] of Object.entries(looks)) {
  for (const [state, { options = {}, act }] of Object.entries(states)) {
    test(`axe finds nothing in ${look} at ${state}`, async () => {
      const feed = await mountFeed({ ...options, dress: element => Object.assign(element, dress) })
      if (state !== 'a feed on its way') await feed.until(() => feed.all('article, .state').length > 0)
      await act?.(feed)
      await nextFrame()
      await settled(feed)
      expect(await checkAccess(feed.element)).toEqual([])
    })
  }

  test(`axe finds nothing in ${look} at an element that lacks an attribute`, async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const element = Object.assign(document.createElement('venuekit-feed'), dress)
    document.body.append(element)
    await element.ready.catch(() => null)
    expect(element.shadowRoot?.textContent).toContain('not available')
    expect(await checkAccess(element)).toEqual([])
    vi.restoreAllMocks()
  })
}

/** Colours are judged when they have come to rest. */
const settled = ({ element }: MountedFeed) =>
  Promise.allSettled(
    (element.shadowRoot?.getAnimations() ?? [])
      .filter(animation => isShort(animation))
      .map(animation => animation.finished),
  )

const isShort = ({ effect }: Animation) => Number(effect?.getComputedTiming().endTime) < 3000
