import type { BenchShop } from './benchShop.ts'
import { madeAccount, madePriceMinor, makeOrders, sessionIdOf } from './orderBook.ts'
import { inTurns, medianOf, rateFor, rateOver, ratioOf } from './rounds.ts'
import type { Stage } from './stage.ts'
import type { Line } from './table.ts'

/** Paid orders, each completed once by a payment of its session. */
const makeIssuer = async (
  { database, sizes }: Stage,
  { eventId, tierId }: BenchShop,
): Promise<() => Promise<number>> => {
  const orders = sizes.issuesPerRound * (sizes.rounds + 1)
  const waiting = await makeOrders(database, [{ eventId, tierId, orders, quantity: 1, state: 'payable' }])
  const issue = async (orderId: string): Promise<void> => {
    const { outcome } = await database.call('ticketing.complete_order_atomic', {
      event_id: eventId,
      order_id: orderId,
      payment: {
        kind: 'gateway',
        paymentId: crypto.randomUUID(),
        account: madeAccount,
        mode: 'test',
        sessionId: sessionIdOf(orderId),
        paymentIntentId: `pi_of_${orderId}`,
        amountMinor: madePriceMinor,
        currency: 'USD',
      },
      source: { kind: 'webhook' },
    })
    if (outcome !== 'issued') throw new Error(`a paid order was ${outcome}, not issued`)
  }
  return () => rateOver(waiting.splice(0, sizes.issuesPerRound), issue)
}

/** One paid order to its tickets by `complete_order_atomic`, durable. */
export const issueLines = async (stage: Stage): Promise<Line[]> => {
  const { scratch, sizes, soldShop } = stage
  const figures = await inTurns(
    {
      bare: () => rateFor(() => scratch.bareUpdate(), sizes.roundMs),
      fresh: await makeIssuer(stage, await stage.openFreshShop()),
      sold: await makeIssuer(stage, soldShop),
    },
    sizes.rounds,
  )
  const line = (sold: number, contender: 'fresh' | 'sold'): Line => ({
    name: 'issue',
    sold,
    figure: medianOf(figures[contender]),
    unit: '/s',
    ratio: ratioOf(figures[contender], figures.bare),
    beside: 'bare UPDATE',
  })
  return [line(0, 'fresh'), line(sizes.sold, 'sold')]
}
