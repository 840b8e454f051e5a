import { currencyDigits } from '@venuekit/core'
import type { Money } from '@venuekit/core/contracts'

const formats = new Map<string, Intl.NumberFormat>()

const formatOf = (currency: string): Intl.NumberFormat => {
  const known = formats.get(currency)
  if (known) return known
  const digits = currencyDigits(currency)
  const made = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  formats.set(currency, made)
  return made
}

/** Money as text, such as `$1,040.00` or `¥4,000`. */
export const moneyText = ({ amountMinor, currency }: Money): string =>
  // As decimal text, such as `4000e-2`, and not by division: no float is made of an amount.
  formatOf(currency).format(`${amountMinor}e-${currencyDigits(currency)}` as Intl.StringNumericLiteral)

/** For the axis of a plot: short, and without what the axis does not need. */
export const shortMoneyText = ({ amountMinor, currency }: Money): string =>
  new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  }).format(amountMinor / 10 ** currencyDigits(currency))

/** Amounts by currency as one text; a dash where there is none. */
export const moneyListText = (amounts: readonly Money[]): string =>
  amounts.length === 0 ? '–' : amounts.map(moneyText).join(' + ')
