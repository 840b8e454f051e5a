import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { DemoStack } from '../../examples/host/src/stack.ts'
import { bundleForPage } from './bundleForPage.ts'
import { HostSite, tags } from './HostSite.ts'
import { serveOtherBuild } from './serveOtherBuild.ts'
import { startDemo } from './startDemo.ts'
import { launchChromium, Visitor } from './Visitor.ts'

let site: HostSite
let stack: DemoStack
let browser: Browser
const visitors: Visitor[] = []

const arrive = async (options: BrowserContextOptions = {}) => {
  const visitor = await Visitor.arrive(browser, options)
  visitors.push(visitor)
  const { page } = visitor
  const warnings: string[] = []
  page.on('console', message => {
    if (message.type() === 'warning') warnings.push(message.text())
  })
  return {
    visitor,
    page,
    warnings,
    addChair: page.getByRole('button', { name: 'Add one Chair' }),
    chairs: page.getByRole('spinbutton', { name: 'Quantity, Chair' }),
  }
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

test('elements that are moved keep their state, those that come late or replace others by hydration work', async () => {
  const { visitor, page, addChair, chairs } = await arrive()
  await page.goto(
    site.put('/app', `<main>${tags.tickets()}</main><aside></aside>`, { head: tags.loader(stack.apiUrl) }),
  )
  await addChair.click()
  await page.evaluate(() => document.querySelector('aside')?.append(...document.querySelectorAll('venuekit-tickets')))
  expect(await chairs.inputValue()).toBe('1')
  await addChair.click()
  expect(await chairs.inputValue()).toBe('2')
  await page.evaluate(() => {
    const found = document.querySelector('venuekit-tickets')
    found?.replaceWith(found.cloneNode(true))
  })
  await expect.poll(() => chairs.inputValue()).toBe('0')
  await addChair.click()
  await page.evaluate(feed => {
    const late = document.createElement('main')
    late.innerHTML = feed
      .replace('<venuekit-feed', '<div data-venuekit="feed"')
      .replace(/ (publishable|feed)-/g, ' data-$1-')
    document.body.prepend(late)
  }, tags.feed())
  await page.locator('venuekit-feed [part=post]').first().waitFor()
  expect(await chairs.inputValue()).toBe('1')
  expect(visitor.complaintsOf(site.url)).toEqual([])
})

test('two builds on one page: the first defines the elements, all of them work, and the console is told once', async () => {
  const { visitor, page, warnings } = await arrive()
  serveOtherBuild(site, '9.9.9')
  const host = `api-url="${stack.apiUrl}"`
  const body = tags.tickets(host) + tags.button(host) + tags.feed(host)
  for (const loaders of [
    [stack.apiUrl, site.url],
    [site.url, stack.apiUrl],
  ]) {
    warnings.length = 0
    await page.goto(site.put('/two', body, { head: loaders.map(url => tags.loader(url, 'defer')).join('') }))
    await page.locator('venuekit-tickets [part=tier]').first().waitFor()
    await page.locator('venuekit-feed').scrollIntoViewIfNeeded()
    await page.locator('venuekit-feed [part=post]').first().waitFor()
    await page.getByRole('button', { name: 'Book a seat' }).click()
    await page.locator('venuekit-button dialog[open] [part=tier]').first().waitFor()
    expect(warnings.filter(text => text.startsWith('VenueKit'))).toEqual([
      expect.stringMatching(/versions .*(9\.9\.9 and 0|0 and 9\.9\.9).* are on one page/),
    ])
  }
  expect(visitor.complaintsOf(site.url)).toEqual([])
})

test('the same loader twice loads everything once and says nothing', async () => {
  const { visitor, page, warnings, addChair } = await arrive()
  const asked: string[] = []
  page.on('request', request => {
    if (/\/embed\/(?!v1)/.test(request.url())) asked.push(request.url())
  })
  await page.goto(site.put('/double', tags.tickets(), { head: tags.loader(stack.apiUrl).repeat(2) }))
  await addChair.click()
  expect(new Set(asked).size).toBe(asked.length)
  expect(warnings).toEqual([])
  expect(visitor.complaintsOf(site.url)).toEqual([])
})

for (const first of ['npm', 'tag'] as const) {
  test(`the package beside the script tag, ${first} first: one edition serves the page, nobody complains`, async () => {
    const { visitor, page, warnings, addChair, chairs } = await arrive()
    const code = await bundleForPage()
    const own = site.serve('/app.js', () => new Response(code, { headers: { 'content-type': 'text/javascript' } }))
    const scripts = [`<script type="module" src="${own}"></script>`, tags.loader(stack.apiUrl, 'defer')]
    if (first === 'tag') scripts.reverse()
    const body = tags.tickets(`api-url="${stack.apiUrl}"`) + tags.feed()
    await page.goto(site.put('/both', body, { head: scripts.join('') }))
    await addChair.click()
    expect(await chairs.inputValue()).toBe('1')
    await page.locator('venuekit-feed').scrollIntoViewIfNeeded()
    await page.locator('venuekit-feed [part=post]').first().waitFor()
    expect(warnings).toEqual([])
    expect(visitor.complaintsOf(site.url)).toEqual([])
  })
}

test('with the whole API down the page keeps what stands in the tags', async () => {
  const { page } = await arrive()
  await page.route(`${stack.apiUrl}/**`, route => route.abort())
  const body = tags.tickets('', 'Ring us: 218 555 0142') + tags.feed('', 'Come by') + tags.button('', 'Seats')
  await page.goto(site.put('/down', body, { head: tags.loader(stack.apiUrl) }))
  for (const words of ['Ring us: 218 555 0142', 'Come by', 'Seats'])
    expect(await page.getByText(words).isVisible()).toBe(true)
})

/** The page's layout shifts so far, as the browser scores them. */
const shiftsOf = (page: Visitor['page']) =>
  page.evaluate(async () => {
    const sum = await new Promise<number>(resolve => {
      let total = 0
      const observer = new PerformanceObserver(list => {
        for (const entry of list.getEntries()) total += (entry as PerformanceEntry & { value: number }).value
      })
      observer.observe({ type: 'layout-shift', buffered: true })
      setTimeout(() => resolve(total), 300)
    })
    return Math.round(sum * 1000) / 1000
  })

const below = '<p style="height: 300px; background: #eee">What comes below</p>'

for (const [widget, tag, row] of [
  ['venuekit-tickets', tags.tickets(), '[part=tier]'],
  ['venuekit-feed', tags.feed(), '[part=post]'],
] as const) {
  test(`nothing shifts while ${widget} loads where the page keeps its room; little does where it does not, with the loader in its head`, async () => {
    const { page } = await arrive({ viewport: { width: 800, height: 1600 } })
    const load = async (css: string, attributes: string) => {
      await page.goto('about:blank')
      await page.goto(site.put('/room', tag + below, { head: tags.loader(stack.apiUrl, attributes), css }))
      await page.locator(`${widget} ${row}`).first().waitFor()
      return shiftsOf(page)
    }
    const byDefault = await load('', '')
    const height = await page.locator(widget).evaluate(element => element.getBoundingClientRect().height)
    const room = `${widget} { --vk-skeleton-height: ${height}px; display: block; min-height: ${height}px }`
    expect(await load(room, 'async')).toBe(0)
    expect(await load(`${widget} { --vk-skeleton-height: ${height}px }`, '')).toBe(0)
    expect(byDefault).toBeLessThan(0.1)
  })
}
