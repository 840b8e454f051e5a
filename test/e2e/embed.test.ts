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

test('the page’s policy allows nothing but its nonce, and both widgets run without a violation', async () => {
  const visitor = await Visitor.arrive(browser)
  const answer = await visitor.page.goto(stack.siteUrl)
  const policy = answer?.headers()['content-security-policy'] ?? ''
  expect(policy).toMatch(/^default-src 'none'; script-src 'nonce-[^']+';/)
  expect(policy).toContain("require-trusted-types-for 'script'")
  await visitor.page.locator('venuekit-tickets').scrollIntoViewIfNeeded()
  await visitor.page.getByRole('button', { name: 'Add one A chair in the ring' }).waitFor()
  await visitor.page.locator('venuekit-feed').scrollIntoViewIfNeeded()
  await visitor.page.locator('venuekit-feed').getByRole('article').first().waitFor()
  expect(visitor.complaintsOf(stack.siteUrl)).toEqual([])
  await visitor.leave()
})

test('a file that is not what the loader expects does not run', async () => {
  const visitor = await Visitor.arrive(browser)
  await visitor.page.route('**/embed/*/tickets-*.js', async route => {
    const response = await route.fetch()
    await route.fulfill({ response, body: `${await response.text()}\n;window.tampered = true` })
  })
  await visitor.page.goto(`${stack.siteUrl}/events/marit-halvorsen.html`)
  await expect.poll(() => visitor.complaintsOf(stack.siteUrl).join()).toMatch(/integrity/)
  expect(await visitor.page.evaluate(() => 'tampered' in window)).toBe(false)
  expect(await visitor.page.locator('venuekit-tickets [part~="root"]').count()).toBe(0)
  expect(await visitor.page.getByText('Tickets are sold at the door as well').isVisible()).toBe(true)
  await visitor.leave()
})

test('the loader is fetched anew within minutes, its files never again', async () => {
  const loader = await fetch(`${stack.apiUrl}/embed/v1/loader.js`)
  expect(loader.headers.get('cache-control')).toContain('max-age=300')
  expect(loader.headers.get('access-control-allow-origin')).toBe('*')
  const file = /tickets-\w+\.js/.exec(await loader.text())?.[0]
  const version = /version:"([^"]+)"/.exec(await (await fetch(`${stack.apiUrl}/embed/v1/loader.js`)).text())?.[1]
  const chunk = await fetch(`${stack.apiUrl}/embed/${version}/${file}`)
  expect(chunk.status).toBe(200)
  expect(chunk.headers.get('cache-control')).toContain('immutable')
})

for (const [name, path, options] of [
  ['home-light', '/', { colorScheme: 'light' }],
  ['home-dark', '/', { colorScheme: 'dark' }],
  ['marit-dark', '/events/marit-halvorsen.html', { colorScheme: 'dark' }],
  ['home-320', '/', { viewport: { width: 320, height: 700 } }],
  ['marit-320', '/events/marit-halvorsen.html', { viewport: { width: 320, height: 700 } }],
  ['marit-rtl', '/events/marit-halvorsen.html?dir=rtl&lang=ar', {}],
  ['home-rtl', '/?dir=rtl&lang=ar', {}],
] as const) {
  test(`the venue’s page fits its window: ${name}`, async () => {
    const visitor = await Visitor.arrive(browser, options)
    await visitor.page.goto(stack.siteUrl + path)
    for (const widget of await visitor.page.locator('venuekit-tickets, venuekit-feed').all()) {
      await widget.scrollIntoViewIfNeeded()
      await widget.locator('[part=tier], [part=post]').first().waitFor()
    }
    await visitor.shoot(name, { whole: true })
    const overflow = await visitor.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
    await visitor.leave()
  })
}
