import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DemoStack } from '../../examples/host/src/stack.ts'
import { startDemo } from './startDemo.ts'
import { launchChromium, Visitor } from './Visitor.ts'

let stack: DemoStack
let browser: Browser

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startDemo(), launchChromium()])
})

afterAll(async () => {
  await browser?.close()
  await stack?.[Symbol.asyncDispose]()
})

const text = 'Left my green scarf on the organ again.'

test('a post is painted in the frame after the click, while the server has not even heard of it', async () => {
  const visitor = await Visitor.arrive(browser)
  const { page } = visitor
  await page.goto(`${stack.siteUrl}/#talk`)
  const rows = page.locator('venuekit-feed').getByRole('article')
  await rows.first().waitFor()
  await page.getByLabel('Write a post').fill(text)

  // The POST waits here until the frame was looked at: what is on the screen then is no answer of the server's.
  const { promise: framed, resolve: release } = Promise.withResolvers<void>()
  await page.route('**/v1/feeds/*/posts', async route => {
    if (route.request().method() === 'POST') await framed
    await route.continue()
  })
  const requests: string[] = []
  page.on('request', request => {
    const { pathname } = new URL(request.url())
    if (pathname.includes('/posts')) requests.push(`${request.method()} ${pathname}`)
  })
  const painted = page.evaluate(nextFrameShows, text)
  await page.getByRole('button', { name: 'Post', exact: true }).click()
  expect(await painted).toBe(true)
  await visitor.shoot('feed-sending', { whole: true })

  const row = await rows.filter({ hasText: text }).elementHandle()
  const answered = page.waitForResponse(
    response => response.request().method() === 'POST' && response.url().includes('/posts'),
  )
  release()
  expect((await answered).ok()).toBe(true)
  // The network is never idle on a page that listens; a list would be asked for within a frame or two of the answer.
  await expect.poll(() => row?.getAttribute('data-delivery')).toBe('sent')
  await page.evaluate(async () => {
    for (let frame = 0; frame < 30; frame++) await new Promise(resolve => requestAnimationFrame(resolve))
  })
  expect(requests).toEqual([expect.stringMatching(/^POST \/v1\/feeds\/.+\/posts$/)])
  expect(await row?.evaluate(element => element.isConnected), 'the row is the same element after the answer').toBe(true)
  await visitor.shoot('feed-posted', { whole: true })

  await page.reload()
  await rows.filter({ hasText: text }).waitFor()
  expect(visitor.complaintsOf(stack.siteUrl)).toEqual([])
  await visitor.leave()
})

test('a visitor who is signed out reads, is asked to sign in, and then writes', async () => {
  const visitor = await Visitor.arrive(browser)
  const { page } = visitor
  await page.goto(stack.siteUrl)
  await page.getByRole('button', { name: 'Sign out' }).click()
  const feed = page.locator('venuekit-feed')
  await feed.scrollIntoViewIfNeeded()
  await feed.getByRole('article').first().waitFor()
  expect(await feed.getByLabel('Write a post').count()).toBe(0)
  await feed.getByRole('button', { name: 'Sign in to post' }).click()
  await feed.getByLabel('Write a post').waitFor()
  expect(visitor.complaintsOf(stack.siteUrl)).toEqual([])
  await visitor.leave()
})

test('by keyboard alone: from the top of the page to the feed, write, read on, like, delete and undo', async () => {
  const visitor = await Visitor.arrive(browser)
  const { page } = visitor
  await page.goto(stack.siteUrl)
  const feed = page.locator('venuekit-feed')
  await feed.scrollIntoViewIfNeeded()
  await feed.getByRole('article').first().waitFor()
  await feed.getByLabel('Write a post').waitFor()
  const { keyboard } = page
  const focused = () => page.evaluate(focusedName)
  const tabTo = async (name: string) => {
    for (let step = 0; step < 80 && (await focused()) !== name; step++) await keyboard.press('Tab')
    expect(await focused()).toBe(name)
  }
  await tabTo('Write a post')
  await keyboard.type('Who has the key of the loft?')
  await keyboard.press('Control+Enter')
  const own = feed.getByRole('article').filter({ hasText: 'Who has the key of the loft?' })
  await expect.poll(() => own.getAttribute('data-delivery')).toBe('sent')
  await own.getByRole('button', { name: 'Post options' }).waitFor()
  expect(await focused()).toBe('Write a post')
  await tabTo('ARTICLE')
  await keyboard.press('PageDown')
  await tabTo('Like')
  await keyboard.press('Space')
  const second = feed.getByRole('article').nth(1)
  await expect.poll(() => second.getByRole('button', { name: 'Like' }).getAttribute('aria-pressed')).toBe('true')
  await keyboard.press('PageUp')
  await tabTo('Post options')
  // A page that still scrolls closes the menu; the focus is on its button then.
  const openMenu = async () => {
    if ((await focused()) === 'Post options') await keyboard.press('ArrowUp')
    return focused()
  }
  await expect.poll(openMenu).toBe('Delete')
  await keyboard.press('Enter')
  await expect.poll(focused).toBe('Undo')
  expect(await own.count()).toBe(0)
  await keyboard.press('Enter')
  await own.waitFor()
  await expect.poll(focused).toBe('ARTICLE')
  expect(visitor.complaintsOf(stack.siteUrl)).toEqual([])
  await visitor.leave()
})

/** In the page: what has the focus, inside of widgets too; a post by its tag. */
const focusedName = () => {
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  if (active?.tagName === 'ARTICLE') return 'ARTICLE'
  return (active?.getAttribute('aria-label') ?? active?.textContent ?? '').trim()
}

/** In the page: whether the feed holds the text in the first frame after the next click inside it. */
const nextFrameShows = (wanted: string) =>
  new Promise<boolean>(resolve => {
    const root = document.querySelector('venuekit-feed')?.shadowRoot
    root?.addEventListener(
      'click',
      () =>
        requestAnimationFrame(() => {
          const rows = [...(root.querySelectorAll('article') ?? [])]
          resolve(rows.some(row => row.textContent?.includes(wanted)))
        }),
      { capture: true, once: true },
    )
  })
