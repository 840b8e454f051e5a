import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { DemoStack } from '../../examples/host/src/stack.ts'
import { HostSite, tags } from './HostSite.ts'
import { startDemo } from './startDemo.ts'
import { TicketCounter } from './TicketCounter.ts'
import { launchChromium, Visitor } from './Visitor.ts'

let site: HostSite
let stack: DemoStack
let browser: Browser
const visitors: Visitor[] = []

const arrive = async (options: BrowserContextOptions = {}) => {
  const visitor = await Visitor.arrive(browser, options)
  visitors.push(visitor)
  return { visitor, page: visitor.page, counter: new TicketCounter(visitor.page, site.url) }
}

const payForChair = async (counter: TicketCounter) => {
  await counter.choose('Chair', 1)
  await counter.giveDetails('Ada Lovelace', 'ada@buyer.example')
  await counter.order()
  await counter.reachPayPage()
  await counter.pay()
}

/** A chair bought from the choice to the code for the door. */
const buyChair = async (counter: TicketCounter) => {
  await payForChair(counter)
  expect(await counter.entryCodes()).toBe(1)
}

beforeAll(async () => {
  site = await HostSite.open()
  // A sandboxed frame without an origin of its own is known as `null`.
  ;[stack, browser] = await Promise.all([
    startDemo([site.url, site.url.replace('localhost', '127.0.0.1'), 'null']),
    launchChromium(),
  ])
})

afterEach(async () => {
  for (const visitor of visitors.splice(0)) await visitor.leave()
})

afterAll(async () => {
  await browser?.close()
  await stack?.[Symbol.asyncDispose]()
  await site?.[Symbol.asyncDispose]()
})

test('a page that unsets everything, counts its rem in 10 px and reads from the right sells and shows all the same', async () => {
  const { visitor, page, counter } = await arrive()
  const css = '* { all: unset !important } html { font-size: 10px !important }'
  const body = tags.button() + tags.tickets() + tags.feed('', 'Posts')
  await page.goto(
    site.put('/unset', body, { head: tags.loader(stack.apiUrl), css, html: 'dir="rtl" lang="ar-u-nu-latn"' }),
  )
  const widths = async (selector: string) =>
    page.locator(selector).evaluate(element => {
      const { width, height } = element.getBoundingClientRect()
      return { width, height, display: getComputedStyle(element).display }
    })
  await page.locator('venuekit-tickets [part=tier]').first().waitFor()
  expect(await widths('venuekit-tickets')).toMatchObject({ display: 'block', width: 1200 })
  expect(await widths('venuekit-button')).toMatchObject({ display: 'inline-block' })
  const heading = page.locator('venuekit-tickets h2')
  expect(await heading.evaluate(element => getComputedStyle(element).fontSize)).toBe('22px')
  await page.locator('venuekit-feed').scrollIntoViewIfNeeded()
  await page.locator('venuekit-feed [part=post]').first().waitFor()
  expect(await widths('venuekit-feed')).toMatchObject({ display: 'block', width: 1200 })
  await visitor.shoot('hostile-rtl', { whole: true })
  const speakEnglish = () => document.querySelector('venuekit-tickets')?.setAttribute('locale', 'en')
  await page.evaluate(speakEnglish)
  await payForChair(counter)
  await page.waitForURL(/unset/)
  await page.evaluate(speakEnglish)
  expect(await counter.entryCodes()).toBe(1)
  expect(visitor.complaintsOf(site.url)).toEqual([])
})

for (const sandbox of [
  'allow-scripts allow-forms allow-popups allow-top-navigation-by-user-activation',
  'allow-scripts allow-forms allow-popups allow-top-navigation-by-user-activation allow-same-origin',
]) {
  test(`in a site builder’s frame (${sandbox}) paying takes the whole window`, async () => {
    const { page } = await arrive()
    const inner = site.put('/framed', tags.tickets(), { head: tags.loader(stack.apiUrl) })
    const outer = site.put(
      '/builder',
      `<iframe sandbox="${sandbox}" src="${inner}" width="700" height="1000"></iframe>`,
    )
    await page.goto(outer.replace('localhost', '127.0.0.1'))
    const frame = page.frameLocator('iframe')
    await frame.getByRole('button', { name: 'Add one Chair' }).click()
    await frame.getByLabel('Full name').fill('Ada Lovelace')
    await frame.getByLabel('Email').fill('ada@buyer.example')
    await frame.getByRole('button', { name: /^Continue to payment/ }).click()
    const counter = new TicketCounter(page, site.url)
    await counter.reachPayPage()
    expect(page.frames().length).toBe(1)
    await counter.pay()
    await page.waitForURL(/framed/)
    expect(await counter.entryCodes()).toBe(1)
  })
}

const overflowOf = (page: Visitor['page']) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** What sticks out of the window sideways, in either widget or the open dialog. */
const cutOff = (page: Visitor['page']) =>
  page.evaluate(() => {
    const wide: string[] = []
    const look = (root: ParentNode) => {
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        if (element.shadowRoot) look(element.shadowRoot)
        const { left, right, width } = element.getBoundingClientRect()
        if (width > 1 && (left < -1 || right > innerWidth + 1)) wide.push(`${element.localName} ${left}..${right}`)
      }
    }
    look(document)
    return wide
  })

for (const [name, css, options] of [
  ['320 px', '', { viewport: { width: 320, height: 640 } }],
  ['the page at 200 %, on a phone', '', { viewport: { width: 320, height: 400 }, deviceScaleFactor: 2 }],
  [
    'text at 200 %',
    'venuekit-tickets, venuekit-feed, venuekit-button { --vk-font-size: 32px }',
    { viewport: { width: 640, height: 900 } },
  ],
  [
    'text at 200 % on 320 px',
    'venuekit-tickets, venuekit-feed, venuekit-button { --vk-font-size: 32px }',
    { viewport: { width: 320, height: 640 } },
  ],
] as const) {
  test(`nothing is cut off and a ticket can be bought with ${name}`, async () => {
    const { visitor, page, counter } = await arrive(options)
    const body = tags.tickets() + tags.feed()
    const head = `<meta name="viewport" content="width=device-width">${tags.loader(stack.apiUrl)}`
    await page.goto(site.put('/narrow', body, { head, css: `body { margin: 0 } ${css}` }))
    await page.locator('venuekit-tickets [part=tier]').first().waitFor()
    await page.locator('venuekit-feed').scrollIntoViewIfNeeded()
    await page.locator('venuekit-feed [part=post]').first().waitFor()
    await counter.choose('Chair', 1)
    await page.getByLabel('Full name').waitFor()
    await visitor.shoot(`narrow-${name.replace(/\W+/g, '-')}`, { whole: true })
    expect(await cutOff(page)).toEqual([])
    expect(await overflowOf(page)).toBe(0)
    await counter.giveDetails('Ada Lovelace', 'ada@buyer.example')
    await counter.order()
    await counter.reachPayPage()
    await counter.pay()
    expect(await counter.entryCodes()).toBe(1)
    await visitor.shoot(`narrow-done-${name.replace(/\W+/g, '-')}`, { whole: true })
    expect(await cutOff(page)).toEqual([])
    expect(await overflowOf(page)).toBe(0)
  })
}

test('where storage throws and cookies are blocked, buying, the way back and a reload find the tickets', async () => {
  const { visitor, page, counter } = await arrive()
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCookieControls', { enableThirdPartyCookieRestriction: true })
  await page.context().addInitScript(() => {
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    }
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
      Object.defineProperty(window, name, { get: refuse, configurable: true })
    Object.defineProperty(Document.prototype, 'cookie', { get: refuse, set: refuse })
  })
  const body = tags.tickets() + tags.feed('storage="all"')
  await page.goto(site.put('/blocked', body, { head: tags.loader(stack.apiUrl) }))
  await page.locator('venuekit-feed').scrollIntoViewIfNeeded()
  await page.locator('venuekit-feed [part=post]').first().waitFor()
  await buyChair(counter)
  expect(page.url()).toContain('#venuekit-order=')
  await page.reload()
  expect(await counter.entryCodes()).toBe(1)
  expect(visitor.complaintsOf(site.url)).toEqual([])
})

for (const [name, body] of [
  ['the tickets', tags.feed() + tags.tickets()],
  ['the button', tags.feed() + tags.button()],
] as const) {
  test(`a policy that allows nothing but a nonce and the API, with Trusted Types, holds while buying by ${name}`, async () => {
    const { visitor, page, counter } = await arrive()
    const policy = [
      "default-src 'none'",
      "script-src 'nonce-n0nce'",
      `connect-src ${stack.apiUrl}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; ')
    const head = tags
      .loader(stack.apiUrl, 'async nonce="n0nce"')
      .replace('<script', '<link rel="icon" href="data:,"><script')
    const put = (path: string, body: string) =>
      site.serve(
        path,
        () =>
          new Response(`<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`, {
            headers: { 'content-type': 'text/html', 'content-security-policy': policy },
          }),
      )
    await page.goto(put('/strict', body))
    await page.locator('venuekit-feed').scrollIntoViewIfNeeded()
    await page.locator('venuekit-feed [part=post]').first().waitFor()
    const button = page.getByRole('button', { name: 'Book a seat' })
    if (await button.isVisible()) await button.click()
    await buyChair(counter)
    // The browser's own wish for an icon is the page's affair.
    expect(visitor.complaintsOf(site.url).filter(text => !/favicon|'data:,'|img-src data/.test(text))).toEqual([])
  })
}
