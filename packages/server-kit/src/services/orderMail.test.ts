import type { AdminRefund, Order, VenueEvent } from '@venuekit/core/contracts'
import { expect, test } from 'vitest'
import { orderMail } from './orderMail.ts'

const usd = (amountMinor: number) => ({ amountMinor, currency: 'USD' })
const id = '0190a000-0000-7000-8000-000000000001'

const order = (totalMinor: number): Order => ({
  id,
  eventId: id,
  status: 'fulfilled',
  items: [
    { line: 1, tierId: id, tierName: 'Floor', quantity: 2, unitPrice: usd(totalMinor / 2), total: usd(totalMinor) },
  ],
  total: usd(totalMinor),
  buyer: { name: 'Ada <b>', email: 'ada@example.com' },
  createdAt: '2030-05-01T10:00:00.000Z',
  holdExpiresAt: null,
  fulfilledAt: '2030-05-01T10:01:00.000Z',
  tickets: [],
  serverNow: '2030-05-01T10:02:00.000Z',
})

const event: VenueEvent = {
  id,
  name: 'Late Set',
  description: null,
  location: 'The Hall',
  startsAt: '2030-06-01T19:00:00.000Z',
  endsAt: null,
  timeZone: 'America/Chicago',
  currency: 'USD',
  status: 'cancelled',
  maxPerOrder: 10,
  tiers: [],
}

const refund = (change: Partial<AdminRefund> = {}): AdminRefund => ({
  id,
  paymentId: id,
  status: 'succeeded',
  amount: usd(2500),
  ticketIds: [id],
  gatewayRefundId: null,
  origin: 'admin',
  actor: 'Ida',
  reason: null,
  requestedAt: '2030-05-02T10:00:00.000Z',
  ...change,
})

const subject = { event, order: order(5000), orderUrl: 'https://venue.example/#venuekit-order=token' }

test('a refund mail says how much comes back and how many tickets it took', () => {
  const { subject: line, text, html } = orderMail(id, 'refund', { ...subject, refund: refund() })
  expect(line).toBe('Your refund for Late Set')
  expect(text).toContain('$25.00 is on its way back to you.')
  expect(text).toContain('One ticket of your order is no longer valid.')
  expect(html).toContain('Ada &lt;b&gt;')
  const goodwill = orderMail(id, 'refund', { ...subject, refund: refund({ ticketIds: [] }) })
  expect(goodwill.text).not.toContain('no longer valid')
})

test.each([
  ['surplus', 'paid twice'],
  ['refund_due', 'could not turn your payment into tickets'],
])('of a refund that the kit makes by itself it says why: %s', (reason, words) => {
  const { text } = orderMail(id, 'refund', {
    ...subject,
    refund: refund({ origin: 'automatic', reason, ticketIds: [] }),
  })
  expect(text).toContain(words)
})

test('who paid by a method whose money is under way is told that it would come back', () => {
  const text = orderMail(id, 'cancellation', { ...subject, order: { ...order(5000), fulfilledAt: null } }).text
  expect(text).toContain('Should your payment still arrive, it is refunded in full.')
  expect(text).not.toContain('no longer valid')
})

test('a cancellation promises money back only to those who paid', () => {
  expect(orderMail(id, 'cancellation', subject).text).toContain('What you paid is refunded in full.')
  const free = orderMail(id, 'cancellation', { ...subject, order: order(0) })
  expect(free.subject).toBe('Late Set is cancelled')
  expect(free.text).not.toContain('refunded')
})

test('what was paid at the door comes back from the venue, and nobody looks for it on a statement', () => {
  const part = orderMail(id, 'refund', { ...subject, refund: refund(), payer: 'venue' }).text
  expect(part).toContain('The venue gives you $25.00 back, the way you paid it. One ticket of your order')
  const all = orderMail(id, 'cancellation', { ...subject, payer: 'venue' }).text
  expect(all).toContain('The venue gives you back what you paid')
  for (const text of [part, all]) expect(text).not.toContain('statement')
})

test('whose bank has paid already is promised no second refund', () => {
  const { text } = orderMail(id, 'cancellation', { ...subject, payer: 'bank' })
  expect(text).toContain('Your bank has given you back what you paid.')
  expect(text).not.toContain('refunded')
})
