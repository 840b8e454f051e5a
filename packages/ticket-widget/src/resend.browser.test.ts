import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { eventId, fulfilledOrder, orderToken, sampleEvent } from './testing/sampleEvent.ts'
import { button, openTicketsPage, type TicketsPage } from './testing/ticketsPage.ts'

let tickets: TicketsPage

beforeEach(async () => {
  tickets = await openTicketsPage()
})

afterEach(() => {
  vi.restoreAllMocks()
  tickets.leave()
})

const sent = () => tickets.office.calls.flatMap(call => (call.name === 'resendTickets' ? [call.input] : []))

test('who bought already gets the tickets once more, and comes back to the choice as it was', async () => {
  await tickets.mount()
  await button('Add one Balcony').click()
  await button('Bought already? Get your tickets again').click()
  await tickets.reaches('resending')
  expect(tickets.root().activeElement?.textContent).toContain('Get your tickets again')
  await button('Send my tickets again').click()
  await expect.element(page.getByText('Enter your email address.')).toBeVisible()
  await page.getByLabelText('Email').fill('ada@example.com')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText(/If tickets were ordered with ada@example.com/)).toBeVisible()
  expect(sent()).toEqual([{ body: { eventId, email: 'ada@example.com' } }])
  await button('Back to the tickets').click()
  await expect.element(page.getByRole('spinbutton', { name: 'Quantity, Balcony' })).toHaveValue(1)
})

test('it is there when nothing can be bought any more', async () => {
  tickets.office.event = sampleEvent({ status: 'cancelled' })
  await tickets.mount()
  await expect.element(button('Bought already? Get your tickets again')).toBeVisible()
})

test('too many wishes are put off, and the address stays', async () => {
  await tickets.mount()
  await button('Bought already? Get your tickets again').click()
  await page.getByLabelText('Email').fill('ada@example.com')
  tickets.office.failNext('resendTickets', 'rate_limited')
  await button('Send my tickets again').click()
  await expect.element(page.getByText(/The tickets were sent a moment ago/)).toBeVisible()
  await expect.element(page.getByLabelText('Email')).toHaveValue('ada@example.com')
})

test('from the receipt one press is enough', async () => {
  tickets.office.order = fulfilledOrder()
  history.replaceState(null, '', `${tickets.address}#venuekit-order=${orderToken()}`)
  await tickets.mount()
  await button('Send my tickets again').click()
  await expect
    .element(page.getByRole('status'))
    .toHaveTextContent('Sent to ada@example.com. It can take a minute to arrive.')
  expect(sent()).toEqual([{ body: { eventId, email: 'ada@example.com' } }])
  tickets.office.failNext('resendTickets', 'network')
  await button('Send my tickets again').click()
  await expect.element(page.getByRole('status')).toHaveTextContent('They could not be sent just now. Please try again.')
})
