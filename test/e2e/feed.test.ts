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
  await page.waitForLoadState('networkidle')
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
