import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { maya, nextFrame } from './testing/mountFeed.ts'
import { type OpenFeed, openFeed } from './testing/openFeed.ts'

let feed: OpenFeed

beforeEach(async () => {
  document.documentElement.lang = 'en'
  await page.viewport(640, 700)
})

afterEach(() => {
  document.body.replaceChildren()
  document.documentElement.removeAttribute('style')
  window.scrollTo(0, 0)
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const open = async (options: Parameters<typeof openFeed>[0] = {}) => {
  feed = await openFeed({ posts: 20, ...options })
  await nextFrame()
  await nextFrame()
}
const scrollTo = async (top: number) => {
  window.scrollTo({ top, behavior: 'instant' })
  await nextFrame()
  await nextFrame()
  await nextFrame()
}
const come = async (...texts: string[]) => {
  for (const text of texts) feed.server.add(text)
  await feed.element.refresh()
  await nextFrame()
}
const pill = () => feed.all('.pill')[0]
const topOf = (element: Element | undefined) => element?.getBoundingClientRect().top ?? Number.NaN

test('at the top, new posts come into the list and nothing waits', async () => {
  await open()
  await come('News')
  await feed.until(() => feed.texts()[0] === 'News')
  expect(pill()).toBeUndefined()
})

/** Notes what is moved, however soon the animation is over. */
const watchSlides = () => {
  const animate = vi.spyOn(Element.prototype, 'animate')
  return (element: Element | undefined) =>
    animate.mock.calls.some(
      ([frames], at) => animate.mock.contexts[at] === element && JSON.stringify(frames).includes('translateY'),
    )
}

for (const wish of ['motion', 'no motion']) {
  test(`posts that are in sight slide to their new place, or are there at once, for who wants ${wish}`, async () => {
    const matches = wish === 'motion'
    vi.spyOn(window, 'matchMedia').mockImplementation(
      media => Object.assign(new EventTarget(), { matches, media }) as never,
    )
    await open()
    const slides = watchSlides()
    const [row] = feed.all('article')
    const release = feed.server.hold('GET')
    const coming = come('News')
    release()
    await feed.until(() => feed.texts()[0] === 'News')
    await coming
    expect(slides(row)).toBe(wish === 'motion')
  })
}

for (const anchors of ['a browser that keeps the place', 'a browser without scroll anchoring']) {
  test(`while somebody reads further down, new posts wait, in ${anchors}`, async () => {
    if (anchors.includes('without')) {
      vi.spyOn(CSS, 'supports').mockReturnValue(false)
      document.documentElement.style.overflowAnchor = 'none'
    }
    await open()
    await scrollTo(600)
    const read = feed.all('article').find(row => topOf(row) > 100)
    const before = topOf(read)
    await come('One', 'Two')
    await feed.until(() => pill() !== undefined)
    expect(pill()?.textContent).toBe('2 new posts')
    expect(feed.texts()[0]).toBe('Post 1')
    expect(Math.abs(topOf(read) - before)).toBeLessThan(2)
    await feed.until(() => feed.find('.spoken[role=status]').textContent === '2 new posts')
    expect(topOf(pill())).toBeGreaterThanOrEqual(0)
  })
}

test('pressing the button shows them, goes to the newest and takes the focus there', async () => {
  await open()
  await scrollTo(600)
  await come('One', 'Two')
  await feed.until(() => pill() !== undefined)
  // A pointer that waits for what still moves scrolls about to reach it, and who scrolls to the top has the posts.
  await Promise.all((pill()?.getAnimations({ subtree: true }) ?? []).map(({ finished }) => finished))
  await userEvent.click(pill() ?? feed.element)
  await feed.until(() => feed.texts()[0] === 'Two')
  expect(feed.focused()).toBe(feed.find('article'))
  await feed.until(() => topOf(feed.find('article')) >= 0)
  expect(pill()).toBeUndefined()
})

test('who comes back to the top finds them in the list', async () => {
  await open()
  await scrollTo(600)
  await come('News')
  await feed.until(() => pill() !== undefined)
  await scrollTo(0)
  await feed.until(() => feed.texts()[0] === 'News' && pill() === undefined)
})

test('with the focus in a post they wait as well, and come when it leaves', async () => {
  await open()
  await userEvent.click(feed.find('.text'))
  await come('News')
  await feed.until(() => pill() !== undefined)
  await userEvent.click(feed.find('textarea'))
  await feed.until(() => feed.texts()[0] === 'News')
})

test("one's own new post is shown at once and comes into sight", async () => {
  const pinnedAt = new Date().toISOString()
  const prepare = (server: OpenFeed['server']) => {
    for (let rule = 1; rule <= 9; rule++) server.add(`Rule ${rule}`, { pinnedAt })
  }
  await open({ prepare })
  await feed.write('Hello')
  feed.button('Post').click()
  const own = feed.all('article').find(row => row.textContent.includes('Hello'))
  expect(own).toBeDefined()
  await feed.until(() => topOf(own) > 0 && topOf(own) < innerHeight)
})

test("posts of one's own from another tab do not wait", async () => {
  await open()
  await scrollTo(600)
  feed.server.add('Mine', { author: maya })
  await come('News')
  await feed.until(() => pill()?.textContent === '1 new post')
  expect(feed.texts()[0]).toBe('Mine')
})

test('a row above what is read that goes or grows does not move it, without scroll anchoring', async () => {
  vi.spyOn(CSS, 'supports').mockReturnValue(false)
  document.documentElement.style.overflowAnchor = 'none'
  await open()
  await scrollTo(600)
  const read = feed.all('article').find(row => topOf(row) > 100)
  const before = topOf(read)
  feed.server.posts.splice(1, 1)
  await feed.element.refresh()
  await feed.until(() => feed.all('article').length === 19)
  expect(Math.abs(topOf(read) - before)).toBeLessThan(2)
})
