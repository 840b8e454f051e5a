import { reserve, sellOut } from './benchShop.ts'
import { inTurns, medianOf, rateFor, ratioOf } from './rounds.ts'
import type { Stage } from './stage.ts'
import type { Line } from './table.ts'

/** Answers `sold_out`. The last group: it leaves no room in the shop that all share. */
export const refusalLines = async ({ database, scratch, sizes, soldShop, openFreshShop }: Stage): Promise<Line[]> => {
  const heldShop = await openFreshShop()
  await reserve(database, heldShop)
  await sellOut(database, heldShop)
  await sellOut(database, soldShop)
  const during = (call: () => Promise<unknown>) => () => rateFor(call, sizes.roundMs)
  const figures = await inTurns(
    {
      bare: during(() => scratch.bareUpdate()),
      held: during(() => reserve(database, heldShop, 'sold_out')),
      sold: during(() => reserve(database, soldShop, 'sold_out')),
    },
    sizes.rounds,
  )
  const line = (sold: number, contender: 'held' | 'sold'): Line => ({
    name: 'refuse, sold out',
    sold,
    figure: medianOf(figures[contender]),
    unit: '/s',
    ratio: ratioOf(figures[contender], figures.bare),
    beside: 'bare UPDATE',
    aim: { of: 'ratio', atLeast: 4 },
  })
  return [line(0, 'held'), line(sizes.sold, 'sold')]
}
