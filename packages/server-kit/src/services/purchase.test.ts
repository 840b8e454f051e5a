import type { Order } from '@venuekit/core/contracts'
import { expect, test } from 'vitest'
import { toPurchase } from './purchase.ts'

const id = '0190a000-0000-7000-8000-000000000001'

const orderOfTwo = (priceMinor: number, currency: string): Order => {
  const unitPrice = { amountMinor: priceMinor, currency }
  const total = { amountMinor: 2 * priceMinor, currency }
  return {
    id,
    eventId: id,
    status: 'fulfilled',
    items: [{ line: 1, tierId: id, tierName: 'Floor', quantity: 2, unitPrice, total }],
    total,
    buyer: { name: 'Ada', email: 'ada@example.com' },
    createdAt: '2030-05-01T10:00:00.000Z',
    holdExpiresAt: null,
    fulfilledAt: '2030-05-01T10:01:00.000Z',
    tickets: [],
    serverNow: '2030-05-01T10:02:00.000Z',
  }
}

test.each([
  ['HUF', 450_000, 4500],
  ['ISK', 450_000, 4500],
  ['IDR', 450_000, 4500],
  ['UGX', 450_000, 4500],
  ['JPY', 4500, 4500],
  ['KWD', 12_340, 12.34],
])('a purchase in %s is told at %i minor units as %d each', (currency, priceMinor, price) => {
  expect(toPurchase(orderOfTwo(priceMinor, currency))).toEqual({
    transaction_id: id,
    currency,
    value: 2 * price,
    items: [{ item_id: id, item_name: 'Floor', price, quantity: 2 }],
  })
})
