import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { sampleEvent } from './testing/sampleEvent.ts'
import { button, openTicketsPage, type TicketsPage } from './testing/ticketsPage.ts'

let tickets: TicketsPage

beforeEach(async () => {
  tickets = await openTicketsPage()
})

afterEach(() => {
  vi.restoreAllMocks()
  tickets.leave()
})

const [general, balcony] = sampleEvent().tiers
if (!general || !balcony) throw new Error('the sample has two tiers')
const gone = { status: 'sold_out', available: 0 } as const

const streams = () => expect.poll(() => tickets.office.count('live'), { timeout: 10_000 }).toBe(1)
const message = () => expect.element(page.getByRole('status'))

test('what is left changes by itself while the buyer looks', async () => {
  await tickets.mount()
  await streams()
  tickets.office.tell(
    sampleEvent({
      tiers: [
        { ...general, available: 4 },
        { ...balcony, ...gone },
      ],
    }),
  )
  await expect.element(page.getByText('Only 4 left')).toBeVisible()
  await expect.element(page.getByText('Sold out')).toBeVisible()
  expect(tickets.office.count('getEvent')).toBe(1)
})

test('a tier that sells out meanwhile leaves the cart, is told, and takes no focus from who types', async () => {
  await tickets.mount()
  await tickets.fillIn()
  await button('Add one Balcony').click()
  const name = page.getByLabelText('Full name')
  await name.click()
  await streams()
  tickets.office.tell(sampleEvent({ tiers: [general, { ...balcony, ...gone }] }))
  await message().toHaveTextContent(
    'Just sold out: Balcony. Someone else was a moment faster. The rest of your order is untouched.',
  )
  expect(tickets.focused()).toBe(name.element())
  await expect.element(name).toHaveValue('Ada Lovelace')
  await expect.element(button('Continue to payment · $20.00')).toBeVisible()
  await button('Add one General admission').click()
  await message().toHaveTextContent('2 tickets, Total $40.00')
})

test('with the last ticket of the cart the message takes the focus: the fields are gone', async () => {
  await tickets.mount()
  await tickets.fillIn()
  await page.getByLabelText('Full name').click()
  await streams()
  tickets.office.tell(sampleEvent({ tiers: [{ ...general, ...gone }, balcony] }))
  await expect.element(page.getByText('Just sold out: General admission')).toBeVisible()
  await expect.poll(() => tickets.focused()?.classList.contains('banner')).toBe(true)
})

test('another price is told before the buyer goes on', async () => {
  await tickets.mount()
  await tickets.fillIn()
  await streams()
  const price = { amountMinor: 2400, currency: 'USD' }
  tickets.office.tell(sampleEvent({ tiers: [{ ...general, price }, balcony] }))
  await message().toHaveTextContent(
    'The price has changed. The total is now $24.00. Continue only if that is all right with you.',
  )
})

test('once the choice is made nobody listens, and a widget that is gone neither', async () => {
  const closed = vi.spyOn(ReadableStreamDefaultReader.prototype, 'cancel')
  await tickets.mount()
  await tickets.fillIn()
  await streams()
  tickets.office.order = null
  tickets.office.paid = true
  await button(/Continue to payment/).click()
  await tickets.reaches('paying')
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  await tickets.reaches('done')
  await expect.poll(() => closed.mock.calls.length).toBeGreaterThan(0)
  expect(tickets.office.count('live')).toBe(1)
})
