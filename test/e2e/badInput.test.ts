import type { Browser, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { nightIds, venue } from '../../examples/host/src/programme.ts'
import type { DemoStack } from '../../examples/host/src/stack.ts'
import { version } from '../../packages/core/src/version.ts'
import { HostSite, tags } from './HostSite.ts'
import { startDemo } from './startDemo.ts'
import { launchChromium, Visitor } from './Visitor.ts'

let site: HostSite
let stack: DemoStack
let browser: Browser
const visitors: Visitor[] = []

const arrive = async () => {
  const visitor = await Visitor.arrive(browser)
  visitors.push(visitor)
  return { visitor, page: visitor.page }
}

beforeAll(async () => {
  site = await HostSite.open()
  ;[stack, browser] = await Promise.all([startDemo([site.url]), launchChromium()])
})

afterEach(async () => {
  for (const visitor of visitors.splice(0)) await visitor.leave()
})

afterAll(async () => {
  await browser?.close()
  await stack?.[Symbol.asyncDispose]()
  await site?.[Symbol.asyncDispose]()
})

const cors = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Retry-After' }

/** How an API fails that can answer nothing better. */
const faults: Record<string, (route: Route) => Promise<void>> = {
  'is down': route => route.abort('connectionrefused'),
  'answers HTML': route =>
    route.fulfill({ status: 200, headers: { ...cors, 'content-type': 'text/html' }, body: '<h1>Welcome</h1>' }),
  'answers a gateway’s 502': route =>
    route.fulfill({ status: 502, headers: { ...cors, 'content-type': 'text/html' }, body: '<h1>Bad gateway</h1>' }),
  'answers 429': route =>
    route.fulfill({
      status: 429,
      headers: { ...cors, 'content-type': 'application/problem+json', 'retry-after': '1' },
      body: JSON.stringify({ type: 'about:blank', title: 'Too many', status: 429, code: 'rate_limited' }),
    }),
}

/** Each way to show an element, and what tells that it has its content. */
const widgets = {
  tickets: { tag: tags.tickets, element: 'venuekit-tickets', content: '[part=tier]', open: false },
  button: { tag: tags.button, element: 'venuekit-button', content: 'dialog [part=tier]', open: true },
  feed: { tag: tags.feed, element: 'venuekit-feed', content: '[part=post]', open: false },
}

for (const [name, { tag, element, content, open }] of Object.entries(widgets)) {
  const show = async (page: Visitor['page'], attributes = '', children: string | undefined = undefined) => {
    const html = children === undefined ? tag(attributes) : tag(attributes, children)
    await page.goto(site.put('/bad', html, { head: tags.loader(stack.apiUrl) }))
    if (open) await page.locator(`${element} [part=button]`).first().click()
  }

  for (const [fault, fulfil] of Object.entries(faults)) {
    test(`${name}: where the API ${fault}, a visitor reads it and can try again`, { timeout: 180_000 }, async () => {
      const { visitor, page } = await arrive()
      await page.route(`${stack.apiUrl}/v1/**`, fulfil)
      await show(page)
      const retry = page.locator(element).getByRole('button', { name: 'Try again' })
      await retry.waitFor({ timeout: 60_000 })
      expect(
        await page
          .locator(element)
          .getByText(/did not load|could not be loaded|too many/i)
          .count(),
      ).toBeGreaterThan(0)
      expect(visitor.complaintsOf(site.url).filter(text => text.startsWith('uncaught'))).toEqual([])
      await page.unroute(`${stack.apiUrl}/v1/**`)
      await retry.click()
      await page.locator(`${element} ${content}`).first().waitFor()
    })
  }

  test(`${name}: a blocked chunk is told, and is there after a reload`, async () => {
    const { visitor, page } = await arrive()
    const chunks = `${stack.apiUrl}/embed/${version}/**`
    await page.route(chunks, route => route.abort())
    await page.goto(site.put('/bad', tag('', ''), { head: tags.loader(stack.apiUrl) }))
    const retry = page.locator(element).getByRole('button', { name: 'Try again' })
    await retry.waitFor()
    expect(visitor.complaintsOf(site.url).filter(text => text.startsWith('uncaught'))).toEqual([])
    await page.unroute(chunks)
    // Chromium remembers for the page's life that a module did not come: its own "Try again" cannot bring it.
    await page.reload()
    if (open) await page.locator(`${element} [part=button]`).first().click()
    await page.locator(`${element} ${content}`).first().waitFor()
  })

  test(`${name}: a wrong key and an unknown id end in words, without a rejection on the page`, async () => {
    const { visitor, page } = await arrive()
    const wrong = [
      [venue.publishableKey, 'vk_pub_nobody0000000000000000000'],
      [name === 'feed' ? venue.feedId : nightIds.marit, '7f0d1c2b-1111-4222-8333-944455566677'],
      [name === 'feed' ? venue.feedId : nightIds.marit, 'not-an-id'],
    ] as const
    for (const [right, other] of wrong) {
      await page.goto(
        site.put('/bad', tag('', open ? 'Seats' : '').replace(right, other), { head: tags.loader(stack.apiUrl) }),
      )
      if (open) await page.locator(`${element} [part=button]`).first().click()
      const words = page
        .locator(element)
        .getByText(/cannot be found|not available|not been set up|could not be|did not load/i)
      await words.first().waitFor()
    }
    expect(visitor.complaintsOf(site.url).filter(text => text.startsWith('uncaught'))).toEqual([])
  })

  test(`${name}: garbage in the theme and in attributes leaves it working`, async () => {
    const { visitor, page } = await arrive()
    const garbage = 'theme="neon" loading="whenever" storage="7" locale="xx_!!" return-url="ht!tp://" messages="{"'
    await page.goto(
      site.put('/bad', tag(garbage, open ? 'Seats' : ''), {
        head: tags.loader(stack.apiUrl),
        css: `${element} { --vk-accent: rgb(nothing); --vk-radius: soft; --vk-font-size: big; --vk-surface: 12px; --vk-skeleton-height: red }`,
      }),
    )
    await page.evaluate(selector => {
      const found = document.querySelector(selector)
      Object.assign(found ?? {}, { messages: 'words', navigate: {} })
    }, element)
    if (open) await page.locator(`${element} [part=button]`).first().click()
    await page.locator(`${element} ${content}`).first().waitFor()
    expect(visitor.complaintsOf(site.url)).toEqual([])
  })
}

test('an API that takes its time shows that it is at work, then what it has', async () => {
  const { page } = await arrive()
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
  await page.route(`${stack.apiUrl}/v1/**`, async route => {
    await answered
    await route.continue()
  })
  await page.goto(site.put('/slow', tags.tickets() + tags.feed(), { head: tags.loader(stack.apiUrl) }))
  await page.locator('venuekit-tickets [data-state=loading]').waitFor()
  await page.locator('venuekit-feed [part=loading]').waitFor()
  answer()
  await page.locator('venuekit-tickets [part=tier]').first().waitFor()
  await page.locator('venuekit-feed [part=post]').first().waitFor()
})
