import type { Sales } from '@venuekit/core/contracts'
import { countText, shortCountText } from '../format/countText.ts'
import { moneyText, shortMoneyText } from '../format/moneyText.ts'

/** One row of the plots: a value for each bucket. */
export interface Series {
  id: string
  title: string
  /** `area` for what stands, `bars` for what happened. */
  shape: 'bars' | 'area'
  values: number[]
  text: (value: number) => string
  axisText: (value: number) => string
  /** What the head of the row says. */
  total: string
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const currenciesOf = ({ buckets }: Sales): string[] =>
  [
    ...new Set(buckets.flatMap(({ taken, givenBack }) => [...taken, ...givenBack].map(({ currency }) => currency))),
  ].sort()

const amountOf = (amounts: readonly { amountMinor: number; currency: string }[], currency: string): number =>
  amounts.find(amount => amount.currency === currency)?.amountMinor ?? 0

const moneySeries = ({ buckets }: Sales, currency: string): Series => {
  const values = buckets.map(({ taken }) => amountOf(taken, currency))
  const back = sum(buckets.map(({ givenBack }) => amountOf(givenBack, currency)))
  const total = moneyText({ amountMinor: sum(values), currency })
  return {
    id: `money-${currency}`,
    title: `Money taken, ${currency}`,
    shape: 'bars',
    values,
    text: amountMinor => moneyText({ amountMinor, currency }),
    axisText: amountMinor => shortMoneyText({ amountMinor, currency }),
    total: back > 0 ? `${total}, ${moneyText({ amountMinor: back, currency })} back` : total,
  }
}

/** What the plots show of sales: tickets, reservations, and money by currency. */
export const toSeries = (sales: Sales): Series[] => {
  const { buckets, reservedNow } = sales
  const issued = buckets.map(bucket => bucket.issued)
  const returned = sum(buckets.map(bucket => bucket.returned))
  const counts = { text: countText, axisText: shortCountText }
  const tickets: Series = {
    id: 'issued',
    title: 'Tickets issued',
    shape: 'bars',
    values: issued,
    ...counts,
    total: returned > 0 ? `${countText(sum(issued))}, ${countText(returned)} back` : countText(sum(issued)),
  }
  const reserved: Series = {
    id: 'reserved',
    title: 'Places reserved',
    shape: 'area',
    values: buckets.map(bucket => bucket.reserved),
    ...counts,
    total: `${countText(reservedNow)} now`,
  }
  return [tickets, reserved, ...currenciesOf(sales).map(currency => moneySeries(sales, currency))]
}
