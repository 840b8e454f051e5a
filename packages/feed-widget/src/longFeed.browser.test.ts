import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { checkAccess } from '../../../test/checkAccess.ts'
import { type MountedFeed, mountFeed, nextFrame } from './testing/mountFeed.ts'

let feed: MountedFeed

beforeEach(async () => {
  document.documentElement.lang = 'en'
  await page.viewport(640, 800)
})

afterEach(() => {
  document.body.replaceChildren()
  window.scrollTo(0, 0)
  document.documentElement.removeAttribute('style')
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

/** A feed of so many posts, all of them loaded. */
const open = async (posts: number, into: HTMLElement = document.body) => {
  feed = await mountFeed({ posts, pageSize: posts, signedIn: false })
  if (into !== document.body) into.append(feed.element)
  // What shows long lists loads with the first one; until then every row stands in and fades in.
  await feed.until(() => feed.all('[data-long]').length > 0)
}
const rows = () => feed.all('article')
const numberOf = (row: Element) => Number(row.getAttribute('aria-posinset'))
/** The row in the middle of the screen, once there is one. */
const middle = () => rows().find(row => row.getBoundingClientRect().bottom > innerHeight / 2)
const isInSight = (row: Element | undefined) => {
  const top = row?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY
  return top < innerHeight
}
const goTo = async (top: number) => {
  window.scrollTo({ top, behavior: 'instant' })
  await nextFrame()
  await feed.until(() => isInSight(middle()))
}

test('of 10,000 posts some hundred are in the page, wherever the visitor is', async () => {
  await open(10_000)
  expect(rows().length).toBeLessThanOrEqual(100)
  for (const part of [0.3, 0.7, 1, 0.1, 0]) {
    await goTo(document.documentElement.scrollHeight * part)
    expect(rows().length).toBeLessThanOrEqual(100)
  }
  expect(rows()[0]?.getAttribute('aria-posinset')).toBe('1')
  expect(rows()[0]?.getAttribute('aria-setsize')).toBe('10000')
})

test('every row that was scrolled past is the row of its place', async () => {
  await open(300)
  const seen = new Map<number, string>()
  while (seen.size < 300) {
    for (const row of rows()) seen.set(numberOf(row), row.querySelector('.text')?.textContent ?? '')
    const before = scrollY
    window.scrollBy({ top: 700, behavior: 'instant' })
    await nextFrame()
    await nextFrame()
    if (scrollY === before && !rows().some(row => numberOf(row) === 300)) await nextFrame()
  }
  for (const [place, text] of seen) expect(text).toBe(`Post ${place}`)
})

/** Reads somewhere in the middle: the browser takes note of what is in sight when it scrolls. */
const readOn = async () => {
  await goTo(6000)
  window.scrollBy({ top: 10, behavior: 'instant' })
  await nextFrame()
  await nextFrame()
  const row = middle()
  const top = () => row?.getBoundingClientRect().top ?? 0
  return { before: top(), top }
}

test('what is being read stays in its place while a row above it changes its height', async () => {
  await open(300)
  const { before, top } = await readOn()
  const above = rows().find(row => row.getBoundingClientRect().bottom < 0)
  if (!above) throw new Error('No row is above the screen.')
  above.style.paddingBlockEnd = '300px'
  await nextFrame()
  await nextFrame()
  expect(Math.abs(top() - before)).toBeLessThan(2)
})

for (const anchors of ['a browser that keeps it there', 'a browser without scroll anchoring']) {
  test(`what is being read stays in its place when pinned posts come above it, in ${anchors}`, async () => {
    if (anchors.includes('without')) {
      vi.spyOn(CSS, 'supports').mockReturnValue(false)
      document.documentElement.style.overflowAnchor = 'none'
    }
    await open(300)
    const { before, top } = await readOn()
    // Others would wait until they are asked for.
    const pinnedAt = new Date().toISOString()
    for (let number = 0; number < 5; number++) feed.server.add(`News ${number}`, { pinnedAt })
    await feed.element.refresh()
    await feed.until(() => rows()[0]?.getAttribute('aria-setsize') === '305')
    await nextFrame()
    expect(Math.abs(top() - before)).toBeLessThan(2)
  })
}

test('the row with the focus stays, however far the visitor scrolls, and the keys go on from it', async () => {
  await open(300)
  const row = rows()[19]
  row?.focus()
  await goTo(document.documentElement.scrollHeight)
  await feed.until(() => rows().some(other => numberOf(other) === 300))
  expect(feed.element.shadowRoot?.activeElement).toBe(row)
  await userEvent.keyboard('{PageDown}')
  await feed.until(() => numberOf(feed.element.shadowRoot?.activeElement ?? document.body) === 21)
})

test('Page Down leads on into rows that are not in the page', async () => {
  await open(300)
  for (let press = 1; press < 130; press++) {
    rows()
      .find(row => numberOf(row) === press)
      ?.focus()
    await userEvent.keyboard('{PageDown}')
    await feed.until(() => numberOf(feed.element.shadowRoot?.activeElement ?? document.body) === press + 1)
  }
  expect(rows().length).toBeLessThanOrEqual(100)
})

test('in a box of the page that scrolls, rows come and go as well', async () => {
  const box = document.createElement('div')
  box.tabIndex = 0
  box.style.cssText = 'block-size: 500px; overflow: auto'
  document.body.append(box)
  await open(300, box)
  await feed.until(() => rows().length <= 100)
  box.scrollTop = box.scrollHeight
  await feed.until(() => rows().some(row => numberOf(row) === 300))
  await feed.until(() => !rows().some(row => numberOf(row) === 1))
  expect(rows().length).toBeLessThanOrEqual(100)
})

test('axe finds nothing in a long feed', async () => {
  await open(300)
  await goTo(6000)
  // Rows that came before the list was long may still be fading in.
  const fading = feed.element.shadowRoot?.getAnimations() ?? []
  await Promise.allSettled(fading.map(({ finished }) => finished))
  expect(await checkAccess(feed.element)).toEqual([])
})
