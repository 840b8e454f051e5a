import type { BenchShop } from './benchShop.ts'
import { makeOrders } from './orderBook.ts'
import { inTurns, medianOf, rateFor, ratioOf } from './rounds.ts'
import type { Stage } from './stage.ts'
import type { Line } from './table.ts'

/** As many as the job takes at a time. */
const ordersAtOnce = 200

/** One sweeper that gives due holds back, batch by batch; answers orders per second. */
const makeSweeper = async (
  { database, sizes }: Stage,
  { eventId, tierId }: BenchShop,
): Promise<() => Promise<number>> => {
  const orders = sizes.holdsPerRound * (sizes.rounds + 1)
  await makeOrders(database, [{ eventId, tierId, orders, quantity: 1, state: 'due' }])
  let left = orders
  return async () => {
    const aim = Math.max(0, left - sizes.holdsPerRound)
    const before = left
    const begun = performance.now()
    while (left > aim) {
      const { released } = await database.call('ticketing.begin_expiry', {
        event_id: eventId,
        max_orders: Math.min(ordersAtOnce, left - aim),
      })
      if (released === 0) throw new Error('a due hold was not released')
      left -= released
    }
    return ((before - left) * 1000) / (performance.now() - begun)
  }
}

/** Due holds given back by one sweeper, orders per second. */
export const expiryLines = async (stage: Stage): Promise<Line[]> => {
  const { scratch, sizes } = stage
  const holds = sizes.holdsPerRound * (sizes.rounds + 1)
  const figures = await inTurns(
    {
      bare: () => rateFor(() => scratch.bareUpdate(), sizes.roundMs),
      fresh: await makeSweeper(stage, await stage.openFreshShop()),
      sold: await makeSweeper(stage, stage.soldShop),
    },
    sizes.rounds,
  )
  const line = (sold: number, contender: 'fresh' | 'sold'): Line => ({
    name: `expire ${holds.toLocaleString('en')}`,
    sold,
    figure: medianOf(figures[contender]),
    unit: '/s',
    ratio: ratioOf(figures[contender], figures.bare),
    beside: 'bare UPDATE',
  })
  return [line(0, 'fresh'), line(sizes.sold, 'sold')]
}
