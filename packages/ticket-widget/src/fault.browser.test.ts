import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { sampleEvent, sampleTier } from './testing/sampleEvent.ts'
import { button, openTicketsPage, type TicketsPage } from './testing/ticketsPage.ts'

let tickets: TicketsPage

beforeEach(async () => {
  tickets = await openTicketsPage()
})

afterEach(() => {
  vi.restoreAllMocks()
  tickets.leave()
})

test('sold out meanwhile keeps the rest, names the tier and takes the focus', async () => {
  await tickets.mount()
  await tickets.fillIn()
  await button('Add one Balcony').click()
  tickets.office.failNext('createOrder', 'sold_out')
  const [first, second] = sampleEvent().tiers
  if (!first || !second) throw new Error('the sample has two tiers')
  tickets.office.event = sampleEvent({ tiers: [first, { ...second, status: 'sold_out', available: 0 }] })
  await button(/Continue to payment/).click()
  await expect.element(page.getByText('Just sold out: Balcony')).toBeVisible()
  expect(tickets.focused()?.textContent).toContain('The rest of your order is untouched')
  await expect.element(page.getByLabelText('Full name')).toHaveValue('Ada Lovelace')
  await button('Continue to payment · $20.00').click()
  await tickets.reaches('paying')
  const keys = tickets.office.calls.flatMap(call => (call.name === 'createOrder' ? [call.key] : []))
  expect(new Set(keys).size).toBe(2)
})

test('a changed price shows the new total and asks again', async () => {
  await tickets.mount()
  await tickets.fillIn()
  tickets.office.failNext('createOrder', 'price_changed')
  tickets.office.event = sampleEvent({ tiers: [sampleTier('General admission', 2400)] })
  await button(/Continue to payment/).click()
  await expect.element(page.getByText(/^The total is now \$24\.00\. Continue/)).toBeVisible()
  expect(tickets.visited).toEqual([])
  await button('Continue to payment · $24.00').click()
  await tickets.reaches('paying')
})

test('while the server answers nothing moves, the button keeps the focus, and a second click sends nothing', async () => {
  await tickets.mount()
  await tickets.fillIn()
  const answer = tickets.office.hold('createOrder')
  const pay = tickets.root().querySelector<HTMLElement>('.primary')
  const before = { card: tickets.element.offsetHeight, button: pay?.offsetHeight }
  await button(/Continue to payment/).click()
  await expect.element(button('Holding your tickets…')).toBeVisible()
  expect({ card: tickets.element.offsetHeight, button: pay?.offsetHeight }).toEqual(before)
  expect(tickets.focused()).toBe(pay)
  await userEvent.keyboard('{Enter}{Enter}')
  answer()
  await tickets.reaches('paying')
  expect(tickets.office.count('createOrder')).toBe(1)
  expect(tickets.element.offsetHeight).toBe(before.card)
})
