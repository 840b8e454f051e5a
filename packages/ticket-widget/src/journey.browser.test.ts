import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { eventId, orderToken, sampleEvent, sampleTier } from './testing/sampleEvent.ts'
import { button, openTicketsPage, type TicketsPage } from './testing/ticketsPage.ts'

let tickets: TicketsPage

beforeEach(async () => {
  tickets = await openTicketsPage()
})

afterEach(() => {
  vi.restoreAllMocks()
  tickets.leave()
})

test('a buyer chooses, fills in, and is taken to the payment page', async () => {
  await tickets.mount()
  await tickets.fillIn()
  await button('Continue to payment · $20.00').click()
  await tickets.reaches('paying')
  expect(tickets.visited).toEqual(['https://pay.example/session'])
  expect(tickets.heard.map(([name]) => name)).toEqual([
    'venuekit-ready',
    'venuekit-order-created',
    'venuekit-checkout-started',
  ])
  expect(localStorage.getItem(`venuekit:order:${eventId}`)).toBe(orderToken())
})

test('the whole order can be made with the keyboard alone', async () => {
  await tickets.mount()
  const before = document.createElement('button')
  document.body.prepend(before)
  before.focus()
  await userEvent.keyboard('{Tab}{Tab}')
  expect(tickets.focused()?.ariaLabel).toBe('Quantity, General admission')
  await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}{ArrowDown}')
  // The buyer's fields come on demand, with the first ticket.
  await expect.element(page.getByLabelText('Full name')).toBeVisible()
  await userEvent.keyboard('{Tab}{Tab}{Tab}{Tab}{Tab}')
  await userEvent.keyboard('Ada Lovelace{Tab}ada@example.com{Enter}')
  await tickets.reaches('paying')
  expect(tickets.office.order?.items).toMatchObject([{ quantity: 2 }])
  expect(tickets.focused()).not.toBeNull()
})

test('mistakes are listed, take the focus, lead to their fields, and go as they are mended', async () => {
  await tickets.mount()
  await button('Add one General admission').click()
  await button(/Continue to payment/).click()
  const banner = () => tickets.root().querySelector<HTMLElement>('.banner')
  expect(tickets.focused()).toBe(banner())
  expect(banner()?.textContent).toContain('Enter your email address.')
  const name = page.getByLabelText('Full name')
  await expect.element(name).toHaveAccessibleDescription('Enter your name.')
  await expect.element(name).toBeInvalid()
  await page.getByRole('link', { name: 'Enter your name.' }).click()
  expect(tickets.focused()).toBe(name.element())
  expect(location.href).toBe(tickets.address)
  await name.fill('Ada')
  await expect.element(name).toBeValid()
  await page.getByLabelText('Email').fill('ada@')
  await expect.element(page.getByLabelText('Email')).toHaveAccessibleDescription(/should look like/)
  await page.getByLabelText('Email').fill('ada@example.com')
  expect(banner()).toBeNull()
  expect(tickets.office.count('createOrder')).toBe(0)
})

test('going on without a ticket says what is missing', async () => {
  await tickets.mount()
  await button('Choose your tickets').click({ force: true })
  await expect.element(page.getByText('Choose at least one ticket.')).toBeVisible()
  expect(tickets.focused()?.classList).toContain('banner')
})

test('a quantity can be typed, is held to its limit, and is said with the total', async () => {
  await tickets.mount()
  const quantity = page.getByRole('spinbutton', { name: 'Quantity, Balcony' })
  await quantity.fill('99')
  await expect.element(quantity).toHaveValue(3)
  await expect.element(page.getByRole('status')).toHaveTextContent('3 tickets, Total $106.50')
  await expect.element(button('Add one Balcony')).toHaveAttribute('aria-disabled', 'true')
  await quantity.fill('')
  await userEvent.tab()
  await expect.element(quantity).toHaveValue(3)
})

test.each([
  ['gateway_unavailable', 'The payment page is not answering'],
  ['network', 'No connection'],
  ['rate_limited', 'A lot of people want tickets right now'],
] as const)('after %s the same order is tried again under the same key', async (code, title) => {
  await tickets.mount()
  await tickets.fillIn()
  tickets.office.failNext('createOrder', code)
  await button(/Continue to payment/).click()
  await expect.element(page.getByText(title)).toBeVisible()
  expect(tickets.focused()?.classList).toContain('banner')
  await button('Try again').click()
  await tickets.reaches('paying')
  const keys = tickets.office.calls.flatMap(call => (call.name === 'createOrder' ? [call.key] : []))
  expect(keys).toHaveLength(2)
  expect(new Set(keys).size).toBe(1)
})

test('a free order goes straight to its tickets', async () => {
  tickets.office.event = sampleEvent({ tiers: [sampleTier('General admission', 0)] })
  await tickets.mount()
  await tickets.fillIn()
  await button('Get ticket').click()
  await expect.element(page.getByText('You’re going!')).toBeVisible()
  expect(tickets.visited).toEqual([])
  expect(tickets.heard.filter(([name]) => name === 'venuekit-purchase')).toHaveLength(1)
})

test.each([
  ['not_found', 'These tickets cannot be found'],
  ['unauthorized', 'Tickets are not available on this page'],
  ['network', 'The tickets did not load'],
  ['invalid_response', 'The tickets did not load'],
] as const)('an event that answers %s is told of, and can be tried again', async (code, title) => {
  tickets.office.failNext('getEvent', code)
  await tickets.mount()
  await expect.element(page.getByText(title)).toBeVisible()
  expect(tickets.heard.find(([name]) => name === 'venuekit-error')?.[1]).toMatchObject({ code })
  await button('Try again').click()
  await tickets.reaches('choosing')
})

test('the order says which campaign brought the buyer, and the captcha of the page goes with it; nothing of it is kept', async () => {
  history.replaceState(null, '', '?utm_source=newsletter&utm_medium=email')
  await tickets.mount({ getChallenge: async () => 'solved' })
  history.replaceState(null, '', tickets.address)
  await tickets.fillIn()
  await button(/Continue to payment/).click()
  await tickets.reaches('paying')
  const [ordered] = tickets.office.calls.filter(call => call.name === 'createOrder')
  expect(ordered).toMatchObject({
    challenge: 'solved',
    input: { body: { attribution: { source: 'newsletter', medium: 'email' } } },
  })
  expect(Object.keys(localStorage)).toEqual([`venuekit:order:${eventId}`])
  expect(sessionStorage.length).toBe(0)
})
