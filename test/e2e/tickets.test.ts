import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { DemoStack } from '../../examples/host/src/stack.ts'
import { startDemo } from './startDemo.ts'
import { TicketCounter } from './TicketCounter.ts'
import { launchChromium, Visitor } from './Visitor.ts'

let stack: DemoStack
let browser: Browser
const visitors: Visitor[] = []

const arrive = async (options: Parameters<typeof Visitor.arrive>[1] = {}) => {
  const visitor = await Visitor.arrive(browser, options)
  visitors.push(visitor)
  return { visitor, counter: new TicketCounter(visitor.page, stack.siteUrl) }
}

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startDemo(), launchChromium()])
})

afterEach(async () => {
  for (const visitor of visitors.splice(0)) await visitor.leave()
})

afterAll(async () => {
  await browser?.close()
  await stack?.[Symbol.asyncDispose]()
})

test('a declined card is tried again, then the tickets show, the address is clean and the mail is there', async () => {
  const { visitor, counter } = await arrive()
  await counter.visit('marit')
  await counter.choose('Front table', 1)
  await counter.choose('Chair', 2)
  await counter.giveDetails('Ada Lovelace', 'ada@buyer.example')
  await visitor.shoot('tickets-choosing', { whole: true })
  await counter.order()
  await counter.reachPayPage()
  await counter.pay('4000 0000 0000 0002')
  await visitor.page.getByRole('alert').waitFor()
  await visitor.shoot('pay-declined')
  await counter.pay('4242 4242 4242 4242')
  await visitor.page.waitForURL(/marit-halvorsen/)
  expect(await counter.entryCodes()).toBe(3)
  await counter.expectCleanAddress()
  await visitor.shoot('tickets-done', { whole: true })
  expect(visitor.complaintsOf(stack.siteUrl)).toEqual([])

  await expect
    .poll(() => stack.mails.sent.map(mail => mail.to.email), { timeout: 60_000 })
    .toContain('ada@buyer.example')
  await visitor.page.goto(stack.mailUrl)
  const mail = visitor.page.getByRole('article').filter({ hasText: 'ada@buyer.example' })
  expect(await mail.count()).toBe(1)
  await visitor.shoot('mail', { whole: true })
})

test('by keyboard alone: from the top of the page to the tickets', async () => {
  const { visitor, counter } = await arrive()
  const { page } = visitor
  await counter.visit('marit')
  await page.getByRole('button', { name: 'Add one Chair' }).waitFor()
  const tabTo = async (name: RegExp) => {
    for (let step = 0; step < 60 && !name.test(await page.evaluate(focusedName)); step++)
      await page.keyboard.press('Tab')
    expect(await page.evaluate(focusedName)).toMatch(name)
  }
  await tabTo(/^Add one Chair/)
  await page.keyboard.press('Enter')
  await page.getByLabel('Full name').waitFor()
  await tabTo(/^Full name/)
  await page.keyboard.type('Kay Board')
  await tabTo(/^Email/)
  await page.keyboard.type('kay@buyer.example')
  await tabTo(/^Continue to payment/)
  await page.keyboard.press('Enter')
  await counter.reachPayPage()
  await tabTo(/^Pay /)
  await page.keyboard.press('Enter')
  await page.waitForURL(/marit-halvorsen/)
  expect(await counter.entryCodes()).toBe(1)
  expect(visitor.complaintsOf(stack.siteUrl)).toEqual([])
})

test('the link in the mail shows the tickets to whoever holds it, on another device', async () => {
  const { counter } = await arrive()
  await counter.visit('marit')
  await counter.choose('Chair', 1)
  await counter.giveDetails('Bea Buyer', 'bea@buyer.example')
  await counter.order()
  await counter.reachPayPage()
  await counter.pay()
  expect(await counter.entryCodes()).toBe(1)
  const mailTo = (email: string) => stack.mails.sent.find(mail => mail.to.email === email)
  await expect.poll(() => mailTo('bea@buyer.example'), { timeout: 60_000 }).toBeDefined()

  const other = await arrive()
  await other.visitor.page.goto(mailTo('bea@buyer.example')?.orderUrl ?? '')
  expect(await other.counter.entryCodes()).toBe(1)
  await other.counter.expectCleanAddress()
})

test('a free chair needs no pay page', async () => {
  const { visitor, counter } = await arrive()
  await counter.visit('session')
  await counter.choose('A chair in the ring', 2)
  await counter.giveDetails('Grace Hopper', 'grace@buyer.example')
  await counter.order(/^Get tickets/)
  expect(await counter.entryCodes()).toBe(2)
  expect(visitor.page.url()).toBe(`${stack.siteUrl}/events/sunday-session.html`)
  await visitor.shoot('free-done', { whole: true })
  expect(visitor.complaintsOf(stack.siteUrl)).toEqual([])
})

test('a buyer who leaves the pay page finds the places held, also after a reload, and pays then', async () => {
  const { visitor, counter } = await arrive()
  await counter.visit('marit')
  await counter.choose('Standing', 2)
  await counter.giveDetails('Mary Somerville', 'mary@buyer.example')
  await counter.order()
  await counter.reachPayPage()
  const payPage = visitor.page.url()
  await visitor.page.getByRole('link', { name: /Back/ }).click()
  await visitor.page.getByRole('heading', { name: 'Your tickets are held for you' }).waitFor()
  await counter.expectCleanAddress()
  await visitor.shoot('tickets-held', { whole: true })

  await visitor.page.reload()
  await counter.order(/^Pay now/)
  await counter.reachPayPage()
  expect(visitor.page.url(), 'the same attempt, not a second hold').toBe(payPage)
  await counter.pay()
  expect(await counter.entryCodes()).toBe(2)
  expect(visitor.complaintsOf(stack.siteUrl)).toEqual([])
})

test('two people race for the last seat: one buys, the other reads that it is sold out', async () => {
  const [first, second] = [await arrive(), await arrive()]
  for (const { counter } of [first, second]) {
    await counter.visit('lamplighter')
    await counter.choose('Seat', 1)
    await counter.giveDetails('Rival Buyer', 'rival@buyer.example')
  }
  await Promise.all([first.counter.order(), second.counter.order()])
  const winner = await Promise.any(
    [first, second].map(async person => {
      await person.counter.reachPayPage()
      return person
    }),
  )
  const loser = winner === first ? second : first
  await loser.visitor.page
    .getByText(/sold out/i)
    .first()
    .waitFor()
  await loser.visitor.shoot('race-sold-out', { whole: true })
  await winner.counter.pay()
  expect(await winner.counter.entryCodes()).toBe(1)
  await winner.visitor.shoot('race-bought', { whole: true })
  expect(new URL(loser.visitor.page.url()).origin, 'the loser never left the page').toBe(stack.siteUrl)

  await loser.visitor.page.reload()
  await loser.visitor.page.getByText('Sold out', { exact: true }).first().waitFor()
})

/** In the page: the name of what has the focus, inside of widgets too. */
const focusedName = (): string => {
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  const labels = active instanceof HTMLInputElement ? active.labels : null
  return (labels?.[0]?.textContent ?? active?.ariaLabel ?? active?.textContent ?? '').trim()
}
