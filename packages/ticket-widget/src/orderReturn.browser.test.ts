import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { fulfilledOrder, orderToken, sampleOrder } from './testing/sampleEvent.ts'
import { button, openTicketsPage, type TicketsPage } from './testing/ticketsPage.ts'

let tickets: TicketsPage

beforeEach(async () => {
  tickets = await openTicketsPage()
})

afterEach(() => {
  vi.restoreAllMocks()
  tickets.leave()
})

test('the return shows each ticket with its code, tells the purchase once, and cleans the address', async () => {
  tickets.office.order = fulfilledOrder()
  history.replaceState(null, '', `${tickets.address}#/shows&venuekit-order=${orderToken()}`)
  await tickets.mount()
  await expect.element(page.getByRole('img', { name: 'Entry code of ticket 2, General admission' })).toBeVisible()
  expect(tickets.root().querySelectorAll('.qr path')).toHaveLength(2)
  expect(tickets.root().querySelector('.card')?.textContent).toContain('A copy was sent to ada@example.com')
  expect(tickets.heard.filter(([name]) => name === 'venuekit-purchase')).toHaveLength(1)
  expect(location.hash).toBe('#/shows')
  expect(localStorage.length).toBe(0)
  tickets.element.remove()
  await tickets.mount()
  await tickets.reaches('done')
  expect(tickets.heard.filter(([name]) => name === 'venuekit-purchase')).toHaveLength(1)
})

test('a cancelled return holds the order: it can be paid', async () => {
  tickets.office.order = sampleOrder({
    holdExpiresAt: new Date(Date.parse('2026-11-01T10:00:00.000Z') + 600_000).toISOString(),
  })
  history.replaceState(null, '', `${tickets.address}#venuekit-order=${orderToken()}&venuekit-checkout=cancelled`)
  await tickets.mount()
  await expect.element(page.getByText('You left the payment page, and nothing was charged.')).toBeVisible()
  await expect.poll(() => tickets.root().querySelector('.timer')?.textContent).toMatch(/Held for another (10:00|9:5\d)/)
  await button('Pay now · $40.00').click()
  await tickets.reaches('paying')
  expect(tickets.visited).toEqual(['https://pay.example/session'])
  expect(tickets.office.count('createOrder')).toBe(0)
})

test('a cancelled return can be given back, and the choice starts again', async () => {
  tickets.office.order = sampleOrder()
  history.replaceState(null, '', `${tickets.address}#venuekit-order=${orderToken()}&venuekit-checkout=cancelled`)
  await tickets.mount()
  await button('Give the tickets back').click()
  await expect.element(page.getByText('Your tickets were given back')).toBeVisible()
  expect(tickets.focused()?.textContent).toContain('Your tickets were given back')
  expect(localStorage.length).toBe(0)
  await expect.element(page.getByRole('spinbutton', { name: 'Quantity, General admission' })).toHaveValue(2)
})

test.each([
  ['payment_pending', 'Your payment is being confirmed', 'your tickets come to ada@example.com'],
  ['refund_due', 'Your money is on its way back', 'The full amount goes back the way you paid.'],
  ['refunded', 'This order was refunded', 'The amount went back the way you paid.'],
  ['needs_review', 'We are looking at your order', 'Your payment reached us'],
  ['expired', 'The time to pay ran out', 'nothing was charged'],
] as const)('a return from paying to an order that is %s says so plainly', async (status, title, text) => {
  tickets.office.order = sampleOrder({ status, holdExpiresAt: null })
  history.replaceState(null, '', `${tickets.address}#venuekit-order=${orderToken()}`)
  await tickets.mount()
  await expect.element(page.getByRole('heading', { name: title })).toBeVisible()
  expect(tickets.root().querySelector('.card')?.textContent).toContain(text)
  expect(location.hash).toBe('')
})

test('a payment that came late, with places left, shows its tickets as any other', async () => {
  tickets.office.order = sampleOrder({ status: 'payment_pending', holdExpiresAt: null })
  history.replaceState(null, '', `${tickets.address}#venuekit-order=${orderToken()}`)
  await tickets.mount()
  await tickets.reaches('pending')
  tickets.office.order = fulfilledOrder()
  await button('Check again').click()
  await tickets.reaches('done')
  expect(tickets.heard.filter(([name]) => name === 'venuekit-purchase')).toHaveLength(1)
})

test('a cancelled return to an order that was paid all the same shows the tickets', async () => {
  tickets.office.order = fulfilledOrder()
  history.replaceState(null, '', `${tickets.address}#venuekit-order=${orderToken()}&venuekit-checkout=cancelled`)
  await tickets.mount()
  await tickets.reaches('done')
})

test('a reload during the hold finds the order again', async () => {
  await tickets.mount()
  await tickets.fillIn()
  await button(/Continue to payment/).click()
  await tickets.reaches('paying')
  tickets.element.remove()
  await tickets.mount()
  await expect.element(page.getByText('You have an order that is not paid yet.')).toBeVisible()
  expect(tickets.office.count('createOrder')).toBe(1)
})

test('with storage off the address keeps the order, and nothing else does', async () => {
  await tickets.mount({ storage: 'none' })
  await tickets.fillIn()
  await button(/Continue to payment/).click()
  await tickets.reaches('paying')
  expect(location.hash).toContain(`venuekit-order=${orderToken()}`)
  expect(localStorage.length + sessionStorage.length).toBe(0)
  tickets.element.remove()
  await tickets.mount({ storage: 'none' })
  await tickets.reaches('held')
})

test('storage that throws is as if it were off', async () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError')
  })
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError')
  })
  await tickets.mount()
  await tickets.fillIn()
  await button(/Continue to payment/).click()
  await tickets.reaches('paying')
  expect(location.hash).toContain('venuekit-order=')
})

test('the back button brings the page back to the held order', async () => {
  await tickets.mount()
  await tickets.fillIn()
  await button(/Continue to payment/).click()
  await tickets.reaches('paying')
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  await tickets.reaches('held')
})
