import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { nightIds } from '../../examples/host/src/programme.ts'
import type { DemoStack } from '../../examples/host/src/stack.ts'
import { HostSite, tags } from './HostSite.ts'
import { startDemo } from './startDemo.ts'
import { TicketCounter } from './TicketCounter.ts'
import { launchChromium, Visitor } from './Visitor.ts'

const stripeAddress = 'https://js.stripe.com/endive/stripe.js'

let site: HostSite
let stack: DemoStack
let browser: Browser
const visitors: Visitor[] = []

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

interface PageChange {
  policy?: string
  headers?: Record<string, string>
  body?: string
  /** What stands in for js.stripe.com; the twin's script where nothing is said. */
  stripe?: 'blocked' | 'blockedOnce'
}

/** What the docs tell a page to allow, with the twin in Stripe's place where Stripe's frame would be. */
const policyWith = (change: { scripts?: string; types?: string } = {}): string =>
  [
    "default-src 'none'",
    `script-src ${change.scripts ?? "'nonce-n0nce' https://js.stripe.com"}`,
    `connect-src ${stack.apiUrl}`,
    `frame-src ${stack.twinUrl}`,
    "require-trusted-types-for 'script'",
    `trusted-types ${change.types ?? 'venuekit-stripe'}`,
  ].join('; ')

const embedded = (attributes = '') => tags.tickets(`payment="embedded" loading="eager" ${attributes}`)

/** A page with the widget on it, before a stand-in for Stripe.js; answers how often that was asked for. */
const arrive = async ({ policy = policyWith(), headers = {}, body = embedded(), stripe }: PageChange = {}) => {
  const visitor = await Visitor.arrive(browser)
  visitors.push(visitor)
  const { page } = visitor
  const asked: string[] = []
  const script = await (await fetch(`${stack.twinUrl}/endive/stripe.js`)).text()
  await page.route('https://js.stripe.com/**', route => {
    asked.push(route.request().url())
    if (stripe === 'blocked' || (stripe === 'blockedOnce' && asked.length === 1)) return route.abort()
    return route.fulfill({ body: script, contentType: 'text/javascript' })
  })
  const address = site.put('/show', body, {
    head: tags.loader(stack.apiUrl, 'async nonce="n0nce"'),
    headers: { 'content-security-policy': `${policy}; style-src 'unsafe-inline'`, ...headers },
  })
  await page.goto(address)
  return { visitor, page, asked, counter: new TicketCounter(page, site.url) }
}

const order = async (counter: TicketCounter): Promise<void> => {
  await counter.choose('Chair', 2)
  await counter.giveDetails('Ada Lovelace', 'ada@buyer.example')
  await counter.order()
}

const formOn = async (page: Page): Promise<Frame> => {
  await page.locator('venuekit-tickets > [slot=payment] > iframe').first().waitFor()
  await expect.poll(() => page.frames().some(frame => frame.url().includes('/c/embed/'))).toBe(true)
  return page.frames().find(frame => frame.url().includes('/c/embed/')) as Frame
}

const pay = async (form: Frame, card = '4242 4242 4242 4242'): Promise<void> => {
  await form.getByLabel('Card number').fill(card)
  await form.getByRole('button', { name: /^Pay / }).click()
}

test('a buyer pays within the page, after one card was declined, and sees the tickets there', async () => {
  const { visitor, page, asked, counter } = await arrive()
  const sent: string[] = []
  page.on('request', request => void sent.push(`${request.url()} ${request.postData() ?? ''}`))
  expect(asked).toEqual([])
  await order(counter)
  const form = await formOn(page)
  await visitor.shoot('embedded-paying', { whole: true })
  await pay(form, '4000 0000 0000 0002')
  await form.getByRole('alert').waitFor()
  await visitor.shoot('embedded-declined', { whole: true })
  await pay(form)
  expect(await counter.entryCodes()).toBe(2)
  await counter.expectCleanAddress()
  expect(asked).toEqual([stripeAddress])
  expect(await page.locator('[slot=payment]').count()).toBe(0)
  // The frame's own: Chromium tells of an answer that says 402, and of a focus that is not its to take.
  expect(visitor.complaintsOf(site.url).filter(each => !/402|autofocus/.test(each))).toEqual([])
  // What was typed went to the frame's own server alone.
  const others = sent.filter(each => !each.startsWith(stack.twinUrl ?? ''))
  expect(others.filter(each => /4242|card=/.test(each))).toEqual([])
})

test('who reloads in the middle finds the same checkout again, and pays once', async () => {
  const { page, counter } = await arrive()
  await order(counter)
  const first = (await formOn(page)).url()
  await page.reload()
  await page.getByRole('button', { name: /^Pay now/ }).click()
  const form = await formOn(page)
  expect(form.url()).toBe(first)
  await pay(form)
  expect(await counter.entryCodes()).toBe(2)
})

test('the tickets can be given back, and others be bought', async () => {
  const { page, counter } = await arrive()
  await order(counter)
  await formOn(page)
  await page.getByRole('button', { name: 'Give the tickets back' }).click()
  await page.getByText('Your tickets were given back').waitFor()
  expect(await page.locator('[slot=payment]').count()).toBe(0)
  await counter.order()
  await pay(await formOn(page))
  expect(await counter.entryCodes()).toBe(2)
})

test('a script that fails once is asked for again', async () => {
  const { page, asked, counter } = await arrive({ stripe: 'blockedOnce' })
  await order(counter)
  await pay(await formOn(page))
  expect(await counter.entryCodes()).toBe(2)
  expect(asked).toHaveLength(2)
  expect(await page.locator(`script[src="${stripeAddress}"]`).count()).toBe(1)
})

const payOnPage = async (counter: TicketCounter) => {
  await counter.reachPayPage()
  await counter.pay()
  expect(await counter.entryCodes()).toBe(2)
}

test('a blocked script leads to the payment page, with the same order', async () => {
  const { asked, counter } = await arrive({ stripe: 'blocked' })
  await order(counter)
  await payOnPage(counter)
  expect(asked).toHaveLength(2)
})

test('a policy that does not allow the script leads to the payment page, at once', async () => {
  const { visitor, asked, counter } = await arrive({ policy: policyWith({ scripts: stack.apiUrl }) })
  await order(counter)
  await payOnPage(counter)
  expect(asked).toEqual([])
  expect(visitor.complaintsOf(site.url).join()).toMatch(/js\.stripe\.com/)
})

test('a policy that does not allow the frame leads to the payment page', async () => {
  const { counter } = await arrive({ policy: policyWith().replace(/frame-src [^;]+; /, '') })
  await order(counter)
  await payOnPage(counter)
})

test('Trusted Types without our policy lead to the payment page', async () => {
  const { asked, counter } = await arrive({ policy: policyWith({ types: "'none'" }) })
  await order(counter)
  await payOnPage(counter)
  expect(asked).toEqual([])
})

test('a page that is cross-origin isolated asks for the payment page from the start', async () => {
  const headers = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'credentialless' }
  const { page, asked, counter } = await arrive({ headers })
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  const sent = page.waitForRequest(request => request.method() === 'POST' && request.url().endsWith('/v1/orders'))
  await order(counter)
  expect((await sent).postDataJSON()).not.toHaveProperty('payment')
  await payOnPage(counter)
  expect(asked).toEqual([])
})

test('in the dialog of a button the payment page is used', async () => {
  const { page, asked, counter } = await arrive({ body: tags.button('payment="embedded" loading="eager"') })
  await page.getByRole('button', { name: 'Book a seat' }).click()
  await order(counter)
  await payOnPage(counter)
  expect(asked).toEqual([])
})

test('of two payments at once the second is taken on the payment page, and the first is still there to be paid', async () => {
  const other = embedded().replace(nightIds.marit, nightIds.lamplighter)
  const { page, counter } = await arrive({ body: `${embedded()}<hr>${other}` })
  await order(counter)
  await formOn(page)
  await counter.choose('Seat', 1)
  await counter.giveDetails('Ada Lovelace', 'ada@buyer.example')
  await counter.order()
  await counter.reachPayPage()
  await page.goBack()
  await page.getByRole('button', { name: /^Pay now · \$56/ }).click()
  await pay(await formOn(page))
  expect(await counter.entryCodes()).toBe(2)
})

test('an element that is taken elsewhere in the page keeps its payment; one that goes leaves nothing', async () => {
  const { page, counter } = await arrive({ body: `<main>${embedded()}</main><aside></aside>` })
  await order(counter)
  await formOn(page)
  await page.evaluate(() => document.querySelector('aside')?.append(document.querySelector('venuekit-tickets') ?? ''))
  await expect.poll(() => page.locator('aside iframe').count()).toBe(1)
  await expect.poll(() => page.frames().filter(frame => frame.url().includes('/c/embed/')).length).toBe(1)
  await pay(await formOn(page))
  expect(await counter.entryCodes()).toBe(2)
  await page.locator('venuekit-tickets').evaluate(element => element.remove())
  expect(await page.locator('iframe').count()).toBe(0)
})
