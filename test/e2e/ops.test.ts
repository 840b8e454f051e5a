import type { Browser, Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { nightIds } from '../../examples/host/src/programme.ts'
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
  return visitor
}

const logIn = async ({ page }: Visitor, key = stack.operations.key) => {
  await page.goto(stack.operations.url)
  await page.getByLabel('Secret key').fill(key)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

const signIn = async (visitor: Visitor) => {
  await logIn(visitor)
  await visitor.page.getByRole('region', { name: 'Overall state' }).waitFor()
}

/** What the plots say beside their name: the sum of the bars. */
const issuedTotal = ({ page }: Visitor): Locator =>
  page.locator('.plot-title', { hasText: 'Tickets issued' }).locator('span')

const buyTwoChairs = async () => {
  const { page } = await arrive()
  const counter = new TicketCounter(page, stack.siteUrl)
  await counter.visit('marit')
  await counter.choose('Chair', 2)
  await counter.giveDetails('Ada Lovelace', 'ada@buyer.example')
  await counter.order()
  await counter.reachPayPage()
  await counter.pay()
  expect(await counter.entryCodes()).toBe(2)
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

test('a wrong key is refused, the right one opens the page under its strict policy, and no script can find either', async () => {
  const visitor = await arrive()
  const { page } = visitor
  await logIn(visitor, `vk_sec_${'0'.repeat(40)}`)
  await page.getByRole('alert').filter({ hasText: 'none of the secret keys' }).waitFor()
  await visitor.shoot('ops-login')
  await signIn(visitor)
  const held = await page.evaluate(() => ({
    address: location.href,
    storage: JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    cookie: document.cookie,
    page: document.documentElement.outerHTML,
  }))
  for (const text of Object.values(held)) expect(text).not.toContain('vk_sec_')
  expect(held.cookie).toBe('')
  expect(held.storage).toBe('[{},{}]')
  const [cookie] = await page.context().cookies(stack.operations.url)
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/ops' })
  await visitor.shoot('ops-demo', { whole: true })
  // The browser itself says so of the wrong key.
  expect(visitor.complaintsOf(stack.apiUrl).filter(text => !text.includes('401'))).toEqual([])
})

test('a ticket that is bought moves the plots within seconds, of all events and of its own', async () => {
  const visitor = await arrive()
  await signIn(visitor)
  const { page } = visitor
  await page.getByRole('button', { name: 'Marit Halvorsen quartet' }).click()
  await page.getByRole('heading', { name: 'Sales of this event' }).waitFor()
  await expect.poll(() => issuedTotal(visitor).textContent()).toBe('0')
  const chairs = page.getByRole('list', { name: 'Tiers' }).getByRole('listitem').filter({ hasText: 'Chair' })
  expect(await chairs.textContent()).toContain('0 sold')
  await buyTwoChairs()
  await expect.poll(() => issuedTotal(visitor).textContent(), { timeout: 60_000 }).toBe('2')
  await expect.poll(() => chairs.textContent(), { timeout: 60_000 }).toContain('2 sold')
  await page.locator('.plot-title', { hasText: 'Money taken, USD' }).getByText('$56.00').waitFor()
  const slider = page.getByRole('slider', { name: 'Moment of the plots' })
  await slider.focus()
  await page.keyboard.press('End')
  expect(await slider.getAttribute('aria-valuetext')).toMatch(/Tickets issued 2, .*Money taken, USD \$56\.00/)
  await visitor.shoot('ops-event', { whole: true })
  await page.getByRole('button', { name: 'All events' }).click()
  await page.getByRole('heading', { name: 'Sales', exact: true }).waitFor()
})

test('a damaged event is named, with what it means and the first command; repaired, it is well again', async () => {
  const visitor = await arrive()
  await signIn(visitor)
  const { page } = visitor
  const shift = (places: number) =>
    stack.database.withOwner(connection =>
      connection.query(
        `update ticketing.tier_inventory set reserved = reserved + $1
         where (event_id, tier_id) = (
           select event_id, tier_id from ticketing.tier_inventory where event_id = $2 order by capacity desc limit 1)`,
        [places, nightIds.session],
      ),
    )
  await shift(7)
  await stack.database.call('ticketing.check_event', { event_id: nightIds.session })
  const row = page.locator(`[data-event="${nightIds.session}"]`)
  await row.getByText('ghost reservations 7').waitFor({ timeout: 60_000 })
  await page.getByText('Needs you').waitFor()
  await row.getByRole('button').click()
  const part = page.locator('[data-kind=ghost_reservations]')
  await part.getByText('7', { exact: true }).waitFor()
  await part.locator('code', { hasText: 'venuekit' }).waitFor()
  await visitor.shoot('ops-damaged', { whole: true })
  await shift(-7)
  await page.getByText('Nothing is wrong with this event.').waitFor({ timeout: 60_000 })
  await stack.database.call('ticketing.check_event', { event_id: nightIds.session })
})

test('who logs out is out in every tab, and a copy of the cookie opens nothing any more', async () => {
  const visitor = await arrive()
  await signIn(visitor)
  const context = visitor.page.context()
  const other = await context.newPage()
  await other.goto(stack.operations.url)
  await other.getByRole('region', { name: 'Overall state' }).waitFor()
  const [cookie] = await context.cookies(stack.operations.url)
  await visitor.page.getByRole('button', { name: 'Log out' }).click()
  await visitor.page.getByLabel('Secret key').waitFor()
  await other.getByLabel('Secret key').waitFor()
  expect(await context.cookies(stack.operations.url)).toEqual([])
  const again = await fetch(`${stack.apiUrl}/ops/data/operations`, {
    headers: { cookie: `${cookie?.name}=${cookie?.value}`, 'venuekit-page': 'operations' },
  })
  expect(again.status).toBe(401)
})

test('the page says so while the server cannot be reached, and goes on by itself', async () => {
  const visitor = await arrive()
  await signIn(visitor)
  const { page } = visitor
  await page.route('**/ops/data/**', route => route.abort())
  await page.getByRole('status').getByText('The server cannot be reached.').waitFor({ timeout: 60_000 })
  await page.getByText(/What you see was so at \d\d:\d\d:\d\d/).waitFor()
  await page.unroute('**/ops/data/**')
  await page.getByRole('button', { name: 'Try now' }).click()
  await page.getByText('All is well').waitFor()
})
