import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import './auto.ts'
import type { VenueKitTicketsElement } from './element.ts'
import { eventId, fulfilledOrder, orderToken, sampleEvent, sampleOrder, sampleTier } from './testing/sampleEvent.ts'
import { createTicketOffice, type TicketOffice } from './testing/ticketOffice.ts'

let office: TicketOffice
let element: VenueKitTicketsElement
let visited: string[]
let heard: [name: string, detail: unknown][]
const address = location.href
const rejections: unknown[] = []
const onRejection = (event: PromiseRejectionEvent) => void rejections.push(event.reason)

const mount = async (changes: Partial<VenueKitTicketsElement> = {}) => {
  element = document.createElement('venuekit-tickets')
  const onPurchase = (event: Event) => void heard.push([event.type, (event as CustomEvent).detail])
  for (const name of ['ready', 'error', 'order-created', 'checkout-started', 'purchase'])
    element.addEventListener(`venuekit-${name}`, onPurchase)
  const navigate = (url: string) => void visited.push(url)
  Object.assign(element, { client: office.client, eventId, locale: 'en', navigate, ...changes })
  document.body.append(element)
  await element.ready
}

const root = () => element.shadowRoot as ShadowRoot
const state = () => root().querySelector<HTMLElement>('.card')?.dataset.state
const focused = () => root().activeElement as HTMLElement | null
const button = (name: string | RegExp) => page.getByRole('button', { name })
const reaches = (at: string) => expect.poll(state).toBe(at)
const names = () => heard.map(([name]) => name)

const fillIn = async () => {
  await button('Add one General admission').click()
  await page.getByLabelText('Full name').fill('Ada Lovelace')
  await page.getByLabelText('Email').fill('ada@example.com')
}

beforeEach(async () => {
  await page.viewport(640, 900)
  office = createTicketOffice()
  visited = []
  heard = []
  rejections.length = 0
  localStorage.clear()
  sessionStorage.clear()
  addEventListener('unhandledrejection', onRejection)
})

afterEach(() => {
  document.body.replaceChildren()
  history.replaceState(null, '', address)
  removeEventListener('unhandledrejection', onRejection)
  expect(rejections).toEqual([])
  vi.restoreAllMocks()
})

test('a buyer chooses, fills in, and is taken to the payment page', async () => {
  await mount()
  await fillIn()
  await button('Continue to payment · $20.00').click()
  await reaches('paying')
  expect(visited).toEqual(['https://pay.example/session'])
  expect(names()).toEqual(['venuekit-ready', 'venuekit-order-created', 'venuekit-checkout-started'])
  expect(localStorage.getItem(`venuekit:order:${eventId}`)).toBe(orderToken())
})

test('the whole order can be made with the keyboard alone', async () => {
  await mount()
  const before = document.createElement('button')
  document.body.prepend(before)
  before.focus()
  await userEvent.keyboard('{Tab}{Tab}')
  expect(focused()?.ariaLabel).toBe('Quantity, General admission')
  await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}{ArrowDown}')
  await userEvent.keyboard('{Tab}{Tab}{Tab}{Tab}{Tab}')
  await userEvent.keyboard('Ada Lovelace{Tab}ada@example.com{Enter}')
  await reaches('paying')
  expect(office.order?.items).toMatchObject([{ quantity: 2 }])
  expect(focused()).not.toBeNull()
})

test('mistakes are listed, take the focus, lead to their fields, and go as they are mended', async () => {
  await mount()
  await button('Add one General admission').click()
  await button(/Continue to payment/).click()
  const banner = () => root().querySelector<HTMLElement>('.banner')
  expect(focused()).toBe(banner())
  expect(banner()?.textContent).toContain('Enter your email address.')
  const name = page.getByLabelText('Full name')
  await expect.element(name).toHaveAccessibleDescription('Enter your name.')
  await expect.element(name).toBeInvalid()
  await page.getByRole('link', { name: 'Enter your name.' }).click()
  expect(focused()).toBe(name.element())
  expect(location.href).toBe(address)
  await name.fill('Ada')
  await expect.element(name).toBeValid()
  await page.getByLabelText('Email').fill('ada@')
  await expect.element(page.getByLabelText('Email')).toHaveAccessibleDescription(/should look like/)
  await page.getByLabelText('Email').fill('ada@example.com')
  expect(banner()).toBeNull()
  expect(office.count('createOrder')).toBe(0)
})

test('going on without a ticket says what is missing', async () => {
  await mount()
  await button('Choose your tickets').click({ force: true })
  await expect.element(page.getByText('Choose at least one ticket.')).toBeVisible()
  expect(focused()?.classList).toContain('banner')
})

test('fields say to the browser what they are for', async () => {
  await mount()
  await button('Add one General admission').click()
  const [name, email] = root().querySelectorAll<HTMLInputElement>('.field input')
  expect([name?.autocomplete, email?.autocomplete, email?.type]).toEqual(['name', 'email', 'email'])
})

test('a quantity can be typed, is held to its limit, and is said with the total', async () => {
  await mount()
  const quantity = page.getByRole('spinbutton', { name: 'Quantity, Balcony' })
  await quantity.fill('99')
  await expect.element(quantity).toHaveValue(3)
  await expect.element(page.getByRole('status')).toHaveTextContent('3 tickets, Total $106.50')
  await expect.element(button('Add one Balcony')).toHaveAttribute('aria-disabled', 'true')
  await quantity.fill('')
  await userEvent.tab()
  await expect.element(quantity).toHaveValue(3)
})

test('sold out meanwhile keeps the rest, names the tier and takes the focus', async () => {
  await mount()
  await fillIn()
  await button('Add one Balcony').click()
  office.failNext('createOrder', 'sold_out')
  const [first, second] = sampleEvent().tiers
  if (!first || !second) throw new Error('the sample has two tiers')
  office.event = sampleEvent({ tiers: [first, { ...second, status: 'sold_out', available: 0 }] })
  await button(/Continue to payment/).click()
  await expect.element(page.getByText('Just sold out: Balcony')).toBeVisible()
  expect(focused()?.textContent).toContain('The rest of your order is untouched')
  await expect.element(page.getByLabelText('Full name')).toHaveValue('Ada Lovelace')
  await button('Continue to payment · $20.00').click()
  await reaches('paying')
  const keys = office.calls.flatMap(call => (call.name === 'createOrder' ? [call.key] : []))
  expect(new Set(keys).size).toBe(2)
})

test('a changed price shows the new total and asks again', async () => {
  await mount()
  await fillIn()
  office.failNext('createOrder', 'price_changed')
  office.event = sampleEvent({ tiers: [sampleTier('General admission', 2400)] })
  await button(/Continue to payment/).click()
  await expect.element(page.getByText(/^The total is now \$24\.00\. Continue/)).toBeVisible()
  expect(visited).toEqual([])
  await button('Continue to payment · $24.00').click()
  await reaches('paying')
})

test.each([
  ['gateway_unavailable', 'The payment page is not answering'],
  ['network', 'No connection'],
  ['rate_limited', 'A lot of people want tickets right now'],
] as const)('after %s the same order is tried again under the same key', async (code, title) => {
  await mount()
  await fillIn()
  office.failNext('createOrder', code)
  await button(/Continue to payment/).click()
  await expect.element(page.getByText(title)).toBeVisible()
  expect(focused()?.classList).toContain('banner')
  await button('Try again').click()
  await reaches('paying')
  const keys = office.calls.flatMap(call => (call.name === 'createOrder' ? [call.key] : []))
  expect(keys).toHaveLength(2)
  expect(new Set(keys).size).toBe(1)
})

test('while the server answers nothing moves, the button keeps the focus, and a second click sends nothing', async () => {
  await mount()
  await fillIn()
  const answer = office.hold('createOrder')
  const pay = root().querySelector<HTMLElement>('.primary')
  const before = { card: element.offsetHeight, button: pay?.offsetHeight }
  await button(/Continue to payment/).click()
  await expect.element(button('Holding your tickets…')).toBeVisible()
  expect({ card: element.offsetHeight, button: pay?.offsetHeight }).toEqual(before)
  expect(focused()).toBe(pay)
  await userEvent.keyboard('{Enter}{Enter}')
  answer()
  await reaches('paying')
  expect(office.count('createOrder')).toBe(1)
  expect(element.offsetHeight).toBe(before.card)
})

test('a free order goes straight to its tickets', async () => {
  office.event = sampleEvent({ tiers: [sampleTier('General admission', 0)] })
  await mount()
  await fillIn()
  await button('Get ticket').click()
  await expect.element(page.getByText('You’re going!')).toBeVisible()
  expect(visited).toEqual([])
  expect(names().filter(name => name === 'venuekit-purchase')).toHaveLength(1)
})

test('the return shows each ticket with its code, tells the purchase once, and cleans the address', async () => {
  office.order = fulfilledOrder()
  history.replaceState(null, '', `${address}#/shows&venuekit-order=${orderToken()}`)
  await mount()
  await expect.element(page.getByRole('img', { name: 'Entry code of ticket 2, General admission' })).toBeVisible()
  expect(root().querySelectorAll('.qr path')).toHaveLength(2)
  expect(root().querySelector('.card')?.textContent).toContain('A copy was sent to ada@example.com')
  expect(heard.filter(([name]) => name === 'venuekit-purchase')).toHaveLength(1)
  expect(location.hash).toBe('#/shows')
  expect(localStorage.length).toBe(0)
  element.remove()
  await mount()
  await reaches('done')
  expect(heard.filter(([name]) => name === 'venuekit-purchase')).toHaveLength(1)
})

test('a cancelled return holds the order: it can be paid', async () => {
  office.order = sampleOrder({
    holdExpiresAt: new Date(Date.parse('2026-11-01T10:00:00.000Z') + 600_000).toISOString(),
  })
  history.replaceState(null, '', `${address}#venuekit-order=${orderToken()}&venuekit-checkout=cancelled`)
  await mount()
  await expect.element(page.getByText('You left the payment page, and nothing was charged.')).toBeVisible()
  await expect.poll(() => root().querySelector('.timer')?.textContent).toMatch(/Held for another (10:00|9:5\d)/)
  await button('Pay now · $40.00').click()
  await reaches('paying')
  expect(visited).toEqual(['https://pay.example/session'])
  expect(office.count('createOrder')).toBe(0)
})

test('a cancelled return can be given back, and the choice starts again', async () => {
  office.order = sampleOrder()
  history.replaceState(null, '', `${address}#venuekit-order=${orderToken()}&venuekit-checkout=cancelled`)
  await mount()
  await button('Give the tickets back').click()
  await expect.element(page.getByText('Your tickets were given back')).toBeVisible()
  expect(focused()?.textContent).toContain('Your tickets were given back')
  expect(localStorage.length).toBe(0)
  await expect.element(page.getByRole('spinbutton', { name: 'Quantity, General admission' })).toHaveValue(2)
})

test('a reload during the hold finds the order again', async () => {
  await mount()
  await fillIn()
  await button(/Continue to payment/).click()
  await reaches('paying')
  element.remove()
  await mount()
  await expect.element(page.getByText('You have an order that is not paid yet.')).toBeVisible()
  expect(office.count('createOrder')).toBe(1)
})

test('with storage off the address keeps the order, and nothing else does', async () => {
  await mount({ storage: 'none' })
  await fillIn()
  await button(/Continue to payment/).click()
  await reaches('paying')
  expect(location.hash).toContain(`venuekit-order=${orderToken()}`)
  expect(localStorage.length + sessionStorage.length).toBe(0)
  element.remove()
  await mount({ storage: 'none' })
  await reaches('held')
})

test('storage that throws is as if it were off', async () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError')
  })
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError')
  })
  await mount()
  await fillIn()
  await button(/Continue to payment/).click()
  await reaches('paying')
  expect(location.hash).toContain('venuekit-order=')
})

test('the back button brings the page back to the held order', async () => {
  await mount()
  await fillIn()
  await button(/Continue to payment/).click()
  await reaches('paying')
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  await reaches('held')
})

test.each([
  ['not_found', 'These tickets cannot be found'],
  ['unauthorized', 'Tickets are not available on this page'],
  ['network', 'The tickets did not load'],
  ['invalid_response', 'The tickets did not load'],
] as const)('an event that answers %s is told of, and can be tried again', async (code, title) => {
  office.failNext('getEvent', code)
  await mount()
  await expect.element(page.getByText(title)).toBeVisible()
  expect(heard.find(([name]) => name === 'venuekit-error')?.[1]).toMatchObject({ code })
  await button('Try again').click()
  await reaches('choosing')
})

test('an element that was not told which tickets says so to the buyer and to the page', async () => {
  await mount({ client: null, eventId: null })
  await expect.element(page.getByText('Tickets are not available on this page')).toBeVisible()
  expect(heard[0]?.[1]).toMatchObject({ message: '<venuekit-tickets> needs api-url, publishable-key, event-id' })
})

test('words, language and theme change while it runs, and the cart stays', async () => {
  await mount()
  await fillIn()
  element.locale = 'de'
  element.messages = { total: 'Summe' }
  element.theme = 'dark'
  await expect.element(page.getByText('Summe').first()).toBeVisible()
  await expect.element(page.getByText(/20,00\s\$/).first()).toBeVisible()
  await expect.element(page.getByLabelText('Full name')).toHaveValue('Ada Lovelace')
  const card = root().querySelector<HTMLElement>('.card')
  expect(card && getComputedStyle(card).colorScheme).toBe('dark')
})

test('the rules of a hostile page stop at the element', async () => {
  const hostile = document.createElement('style')
  hostile.textContent = `* { all: unset !important } html { font-size: 10px; color: red; letter-spacing: 1em; text-transform: uppercase; visibility: visible; line-height: 5 }`
  document.head.append(hostile)
  try {
    await mount()
    await fillIn()
    const title = root().querySelector<HTMLElement>('h2')
    if (!title) throw new Error('the event has a heading')
    const style = getComputedStyle(title)
    expect([style.fontSize, style.textTransform, style.letterSpacing, style.color]).toEqual([
      '22px',
      'none',
      '-0.264px',
      'rgb(21, 23, 28)',
    ])
    expect(getComputedStyle(element).display).toBe('block')
    await button(/Continue to payment/).click()
    await reaches('paying')
  } finally {
    hostile.remove()
  }
})

test('no style attribute is written, which a strict policy would refuse', async () => {
  const write = vi.spyOn(Element.prototype, 'setAttribute')
  office.order = fulfilledOrder()
  history.replaceState(null, '', `${address}#venuekit-order=${orderToken()}`)
  await mount()
  await expect.poll(() => root().querySelectorAll('.qr').length).toBe(2)
  expect(write.mock.calls.map(([name]) => name)).not.toContain('style')
  expect(root().querySelector('[style], style')).toBeNull()
})

test('a page that only loads keeps its own focus', async () => {
  const field = document.createElement('input')
  document.body.append(field)
  field.focus()
  await mount()
  await reaches('choosing')
  expect(document.activeElement).toBe(field)
})
