import type { Money } from '@venuekit/core/contracts'

const formats = new Map<string, Intl.NumberFormat>()

const formatOf = (currency: string): Intl.NumberFormat => {
  const known = formats.get(currency)
  if (known) return known
  const made = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
  formats.set(currency, made)
  return made
}

/** The exact decimal by digits and not by division: no float is made of an amount. */
const toDecimal = (amountMinor: number, digits: number): string => {
  const sign = amountMinor < 0 ? '-' : ''
  const padded = String(Math.abs(amountMinor)).padStart(digits + 1, '0')
  const whole = padded.slice(0, padded.length - digits)
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${padded.slice(-digits)}`
}

/** Money as text, such as `$1,040.00` or `¥4,000`. */
export const moneyText = ({ amountMinor, currency }: Money): string => {
  const format = formatOf(currency)
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(toDecimal(amountMinor, digits) as Intl.StringNumericLiteral)
}

/** For the axis of a plot: short, and without what the axis does not need. */
export const shortMoneyText = ({ amountMinor, currency }: Money): string => {
  const digits = formatOf(currency).resolvedOptions().maximumFractionDigits ?? 2
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  }).format(amountMinor / 10 ** digits)
}

/** Amounts by currency as one text; a dash where there is none. */
export const moneyListText = (amounts: readonly Money[]): string =>
  amounts.length === 0 ? '–' : amounts.map(moneyText).join(' + ')
