import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { eventId, fulfilledOrder, orderToken } from '../testing/sampleEvent.ts'
import { button, openTicketsPage, type TicketsPage } from '../testing/ticketsPage.ts'
import type { VenueKitButtonElement } from './buttonElement.ts'

let tickets: TicketsPage

beforeEach(async () => {
  tickets = await openTicketsPage()
})

afterEach(() => tickets.leave())

const add = async (changes: Partial<VenueKitButtonElement> = {}): Promise<VenueKitButtonElement> => {
  const element = document.createElement('venuekit-button')
  element.append('Book a table')
  Object.assign(element, { client: tickets.office.client, eventId, locale: 'en', ...changes })
  document.body.append(element)
  await element.ready
  return element
}

const dialogOf = (element: Element) => element.shadowRoot?.querySelector('dialog')
/** Parts that load on demand may take their time on a busy machine. */
const settled = (check: () => void) => vi.waitFor(check, 20_000)
const ticketsIn = (element: Element) => element.shadowRoot?.querySelector('venuekit-tickets')

test('is a button around its own words, and asks for nothing before it is pressed', async () => {
  const element = await add()
  await expect.element(button('Book a table')).toBeVisible()
  expect(element.offsetHeight).toBeLessThan(80)
  expect(dialogOf(element)).toBeNull()
  expect(tickets.office.count('getEvent')).toBe(0)
})

test('opens the tickets over the page, by mouse or by key, and gives the focus back', async () => {
  const element = await add()
  await button('Book a table').click()
  await expect.element(button('Add one General admission')).toBeVisible()
  expect(document.documentElement.style.overflow).toBe('hidden')
  await userEvent.keyboard('{Escape}')
  await settled(() => expect(dialogOf(element)?.open).toBe(false))
  expect(document.documentElement.style.overflow).toBe('')
  expect(element.shadowRoot?.activeElement?.part.value).toBe('button')
  await userEvent.keyboard('{Enter}')
  await settled(() => expect(dialogOf(element)?.open).toBe(true))
  await button('Close').click()
  await settled(() => expect(dialogOf(element)?.open).toBe(false))
})

test('the same tickets are there when it opens again, cart and all', async () => {
  const element = await add()
  await element.open()
  await button('Add one General admission').click()
  const before = ticketsIn(element)
  await element.close()
  await element.open()
  expect(ticketsIn(element)).toBe(before)
  await expect.element(page.getByRole('spinbutton', { name: 'Quantity, General admission' })).toHaveValue(1)
})

test('events leave the button, and what the page sets on it reaches the tickets', async () => {
  const element = await add()
  const heard: string[] = []
  document.body.addEventListener('venuekit-ready', event => heard.push((event.target as Element).localName), {
    once: true,
  })
  await element.open()
  await ticketsIn(element)?.ready
  expect(heard).toEqual(['venuekit-button'])
  element.messages = { chooseFirst: 'Pick some', closeTickets: 'Away' }
  await expect.element(button('Pick some')).toBeVisible()
  element.theme = 'dark'
  await settled(() => expect(ticketsIn(element)?.getAttribute('theme')).toBe('dark'))
})

test('a buyer who comes back from paying finds it open; that of another event stays shut', async () => {
  tickets.office.order = fulfilledOrder()
  history.replaceState(null, '', `${tickets.address}#venuekit-order=${orderToken()}`)
  const other = await add({ eventId: 'd8b7c1a0-6f0e-4d6d-8a39-3f5be0b6c9e1' })
  const element = await add()
  await settled(() => expect(dialogOf(element)?.open).toBe(true))
  await expect.element(page.getByRole('img', { name: 'Entry code of ticket 2, General admission' })).toBeVisible()
  expect(dialogOf(other)).toBeNull()
})

test('where the tickets stand on the page themselves, they show the order and the button does not', async () => {
  tickets.office.order = fulfilledOrder()
  history.replaceState(null, '', `${tickets.address}#venuekit-order=${orderToken()}`)
  const element = await add()
  await tickets.mount()
  await tickets.reaches('done')
  expect(dialogOf(element)).toBeNull()
})

test('leaves nothing behind when it goes while open', async () => {
  const element = await add()
  await element.open()
  element.remove()
  await settled(() => expect(document.documentElement.style.overflow).toBe(''))
  expect(dialogOf(element)).toBeNull()
})
