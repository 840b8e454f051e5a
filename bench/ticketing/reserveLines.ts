import { reserve } from './benchShop.ts'
import { inTurns, medianOf, rateFor, ratioOf } from './rounds.ts'
import type { Stage } from './stage.ts'
import type { Line } from './table.ts'

/** Reservations on one hot tier, beside the bare durable UPDATE and beside two other ways of taking capacity. */
export const reserveLines = async ({ database, scratch, sizes, soldShop, openFreshShop }: Stage): Promise<Line[]> => {
  const freshShop = await openFreshShop()
  const during = (call: () => Promise<unknown>) => () => rateFor(call, sizes.roundMs)
  const figures = await inTurns(
    {
      bare: during(() => scratch.bareUpdate()),
      fresh: during(() => reserve(database, freshShop)),
      sold: during(() => reserve(database, soldShop)),
      bySum: during(() => scratch.reserveBySum()),
      byPlace: during(() => scratch.reserveByPlace()),
    },
    sizes.rounds,
  )
  const line = (name: string, sold: number | null, contender: keyof typeof figures): Line => ({
    name,
    sold,
    figure: medianOf(figures[contender]),
    unit: '/s',
    ratio: contender === 'bare' ? null : ratioOf(figures[contender], figures.bare),
    beside: contender === 'bare' ? '' : 'bare UPDATE',
  })
  const against = (name: string, other: keyof typeof figures, atLeast?: number): Line => ({
    ...line('reserve', sizes.sold, 'sold'),
    ratio: ratioOf(figures.sold, figures[other]),
    beside: name,
    ...(atLeast !== undefined && { aim: { of: 'ratio', atLeast } }),
  })
  return [
    line('bare durable UPDATE', null, 'bare'),
    { ...line('reserve', 0, 'fresh'), aim: { of: 'ratio', atLeast: 1.5 } },
    { ...line('reserve', sizes.sold, 'sold'), aim: { of: 'ratio', atLeast: 1.5 } },
    against('reserve, nothing sold', 'fresh', 0.9),
    line('advisory lock + SUM', sizes.othersSold, 'bySum'),
    line('row per ticket, SKIP LOCKED', sizes.othersSold, 'byPlace'),
    against('advisory lock + SUM', 'bySum', 8),
    against('row per ticket', 'byPlace'),
  ]
}
