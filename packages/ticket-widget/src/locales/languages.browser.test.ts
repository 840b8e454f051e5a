import { afterEach, beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { button, openTicketsPage, type TicketsPage } from '../testing/ticketsPage.ts'

let tickets: TicketsPage

beforeEach(async () => {
  tickets = await openTicketsPage()
})

afterEach(() => tickets.leave())

const card = () => tickets.root().querySelector<HTMLElement>("[part='root']")

test('the first thing to be read is in the language of the page', async () => {
  await tickets.mount({ locale: 'de-AT' })
  expect(tickets.root().querySelector('.card')?.textContent).not.toContain('Loading')
  await expect.element(button('Wählen Sie Ihre Tickets')).toBeVisible()
  expect([card()?.lang, card()?.dir]).toEqual(['de-AT', 'ltr'])
})

test('another language keeps the cart, what was typed, and the focus', async () => {
  await tickets.mount({ locale: 'en' })
  await tickets.fillIn()
  await page.getByLabelText('Email').click()
  const input = tickets.focused()
  tickets.element.locale = 'ar'
  await expect.element(page.getByLabelText('البريد الإلكتروني')).toHaveValue('ada@example.com')
  expect([card()?.lang, card()?.dir]).toEqual(['ar', 'rtl'])
  expect(tickets.focused()).toBe(input)
  tickets.element.locale = 'de'
  await expect.element(page.getByLabelText('Vor- und Nachname')).toHaveValue('Ada Lovelace')
  await expect.element(button(/Weiter zur Zahlung · 20,00/)).toBeVisible()
  expect(tickets.focused()).toBe(input)
})

test('a panel in another language does not take the focus from its button', async () => {
  const getEvent = () => Promise.reject(new Error('The office is closed.'))
  await tickets.mount({ locale: 'en', client: { ...tickets.office.client, getEvent } })
  await expect.element(button('Try again')).toBeVisible()
  tickets.root().querySelector<HTMLElement>('.panel button')?.focus()
  const retry = tickets.focused()
  expect(retry?.textContent).toBe('Try again')
  tickets.element.locale = 'es'
  await expect.element(button('Intentar de nuevo')).toBeVisible()
  expect(tickets.focused()).toBe(retry)
})

test('the language of the page is followed when it changes; English where there is none of ours', async () => {
  document.documentElement.lang = 'es'
  await tickets.mount({ locale: null })
  await expect.element(button('Elige tus entradas')).toBeVisible()
  document.documentElement.lang = 'fr'
  await expect.element(button('Choose your tickets')).toBeVisible()
  expect(card()?.lang).toBe('en')
  document.documentElement.lang = 'en'
})

test("the page's own words go before ours in every language", async () => {
  await tickets.mount({ locale: 'de', messages: { chooseFirst: 'Plätze bitte!' } })
  await expect.element(button('Plätze bitte!')).toBeVisible()
})
