import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { orderToken, sampleOrder } from './testing/sampleEvent.ts'
import { button, openTicketsPage, type TicketsPage } from './testing/ticketsPage.ts'

let tickets: TicketsPage

const comeBack = () =>
  history.replaceState(null, '', `${tickets.address}#venuekit-order=${orderToken()}&venuekit-checkout=cancelled`)

beforeEach(async () => {
  tickets = await openTicketsPage()
  comeBack()
})

afterEach(() => {
  vi.restoreAllMocks()
  tickets.leave()
})

const heldFor = (seconds: number) => {
  const now = Date.now()
  return sampleOrder({
    serverNow: new Date(now).toISOString(),
    holdExpiresAt: new Date(now + seconds * 1000).toISOString(),
  })
}
const status = () => expect.element(page.getByRole('status'))

test('two minutes before the end one press holds the tickets longer', async () => {
  tickets.office.order = heldFor(150)
  await tickets.mount()
  await tickets.reaches('held')
  expect(tickets.root().textContent).not.toContain('Your time to pay is nearly up')
  tickets.element.remove()
  tickets.office.order = heldFor(121)
  comeBack()
  await tickets.mount()
  await button('Give me more time').click()
  await status().toHaveTextContent('You have more time. Your tickets are held for 36 more minutes.')
  expect(tickets.root().querySelector('.timer')?.textContent).toMatch(/(36:00|35:5\d)/)
  expect(tickets.office.calls.filter(call => call.name === 'extendOrder')).toMatchObject([{ key: expect.any(String) }])
  expect(tickets.focused()).not.toBeNull()
  expect(button('Give me more time').query()).toBeNull()
})

test('a listener hears of the last two minutes and what to do, and nothing each second', async () => {
  tickets.office.order = heldFor(115)
  await tickets.mount()
  await status().toHaveTextContent(
    'Your tickets are held for 2 more minutes. After that your tickets go back on sale. Need longer? One press is enough.',
  )
  const region = tickets.root().querySelector('[role=status]')
  const said: (string | null | undefined)[] = []
  new MutationObserver(() => void said.push(region?.textContent)).observe(region as Element, {
    characterData: true,
    childList: true,
    subtree: true,
  })
  const before = tickets.root().querySelector('.timer')?.textContent
  await expect.poll(() => tickets.root().querySelector('.timer')?.textContent).not.toBe(before)
  expect(said).toEqual([])
})

test('where the event allows no more time the buyer is told so, and may pay', async () => {
  tickets.office.order = heldFor(60)
  tickets.office.failNext('extendOrder', 'limit_exceeded')
  await tickets.mount()
  await button('Give me more time').click()
  await status().toHaveTextContent('These tickets cannot be held any longer. Please pay before the time is up.')
  await button(/^Pay now/).click()
  await tickets.reaches('paying')
})

test('a press that did not arrive can be made again', async () => {
  tickets.office.order = heldFor(60)
  tickets.office.failNext('extendOrder', 'network')
  await tickets.mount()
  await button('Give me more time').click()
  await status().toHaveTextContent('More time could not be had just now. Please try again.')
  await button('Give me more time').click()
  await expect.poll(() => tickets.root().querySelector('.timer')?.textContent).toMatch(/(36:00|35:5\d)/)
})
