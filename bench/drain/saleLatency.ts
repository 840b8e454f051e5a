import type { TestShop } from '../../packages/server-kit/src/testing/testShop.ts'
import { madePriceMinor } from '../ticketing/orderBook.ts'

/** What buyers waited, in milliseconds. */
export interface Latencies {
  reserve: number[]
  /** From the reservation to the tickets: five calls. */
  sale: number[]
}

export const newLatencies = (): Latencies => ({ reserve: [], sale: [] })

const sellOne = async (shop: TestShop, latencies: Latencies): Promise<void> => {
  const begun = performance.now()
  const orderId = await shop.hold()
  latencies.reserve.push(performance.now() - begun)
  const { sessionId } = await shop.checkout(orderId)
  const { outcome } = await shop.complete(orderId, shop.payment(sessionId, { amountMinor: madePriceMinor }))
  if (outcome !== 'issued') throw new Error(`a sale ended as ${outcome}`)
  latencies.sale.push(performance.now() - begun)
}

/** So many buyers at once, one sale after the other, for as long as the work lasts. */
export const sellDuring = async (
  shop: TestShop,
  buyers: number,
  latencies: Latencies,
  work: () => Promise<unknown>,
): Promise<void> => {
  let isOver = false
  const buyer = async (): Promise<void> => {
    while (!isOver) await sellOne(shop, latencies)
  }
  const buying = Promise.all(Array.from({ length: buyers }, buyer))
  try {
    await work()
  } finally {
    isOver = true
  }
  await buying
}

/** The value below which that share lies. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
