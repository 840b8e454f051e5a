import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { fulfilledOrder, orderToken } from './testing/sampleEvent.ts'
import { button, openTicketsPage, type TicketsPage } from './testing/ticketsPage.ts'

let tickets: TicketsPage

beforeEach(async () => {
  tickets = await openTicketsPage()
})

afterEach(() => {
  vi.restoreAllMocks()
  tickets.leave()
})

test('fields say to the browser what they are for', async () => {
  await tickets.mount()
  await button('Add one General admission').click()
  const purposes = () => {
    const [name, email] = tickets.root().querySelectorAll<HTMLInputElement>('.field input')
    return [name?.autocomplete, email?.autocomplete, email?.type]
  }
  await expect.poll(purposes).toEqual(['name', 'email', 'email'])
})

test('an element that was not told which tickets says so to the buyer and to the page', async () => {
  await tickets.mount({ client: null, eventId: null })
  await expect.element(page.getByText('Tickets are not available on this page')).toBeVisible()
  expect(tickets.heard[0]?.[1]).toMatchObject({
    message: '<venuekit-tickets> needs api-url, publishable-key, event-id',
  })
})

test('words, language and theme change while it runs, and the cart stays', async () => {
  await tickets.mount()
  await tickets.fillIn()
  tickets.element.locale = 'de'
  tickets.element.messages = { total: 'Summe' }
  tickets.element.theme = 'dark'
  await expect.element(page.getByText('Summe').first()).toBeVisible()
  await expect.element(page.getByText(/20,00\s\$/).first()).toBeVisible()
  await expect.element(page.getByLabelText('Vor- und Nachname')).toHaveValue('Ada Lovelace')
  const card = tickets.root().querySelector<HTMLElement>('.card')
  expect(card && getComputedStyle(card).colorScheme).toBe('dark')
})

test('the rules of a hostile page stop at the element', async () => {
  const hostile = document.createElement('style')
  hostile.textContent = `* { all: unset !important } html { font-size: 10px; color: red; letter-spacing: 1em; text-transform: uppercase; visibility: visible; line-height: 5 }`
  document.head.append(hostile)
  try {
    await tickets.mount()
    await tickets.fillIn()
    const title = tickets.root().querySelector<HTMLElement>('h2')
    if (!title) throw new Error('the event has a heading')
    const style = getComputedStyle(title)
    expect([style.fontSize, style.textTransform, style.letterSpacing, style.color]).toEqual([
      '22px',
      'none',
      '-0.264px',
      'rgb(21, 23, 28)',
    ])
    expect(getComputedStyle(tickets.element).display).toBe('block')
    await button(/Continue to payment/).click()
    await tickets.reaches('paying')
  } finally {
    hostile.remove()
  }
})

test('no style attribute is written, which a strict policy would refuse', async () => {
  const write = vi.spyOn(Element.prototype, 'setAttribute')
  tickets.office.order = fulfilledOrder()
  history.replaceState(null, '', `${tickets.address}#venuekit-order=${orderToken()}`)
  await tickets.mount()
  await expect.poll(() => tickets.root().querySelectorAll('.qr').length).toBe(2)
  expect(write.mock.calls.map(([name]) => name)).not.toContain('style')
  expect(tickets.root().querySelector('[style], style')).toBeNull()
})

test('a page that only loads keeps its own focus', async () => {
  const field = document.createElement('input')
  document.body.append(field)
  field.focus()
  await tickets.mount()
  await tickets.reaches('choosing')
  expect(document.activeElement).toBe(field)
})
