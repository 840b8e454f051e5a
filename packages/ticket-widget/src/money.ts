import type { Money } from '@venuekit/core/contracts'

/** Money as text in one language, such as `$40.00`. Exact in every currency: no float is made of an amount. */
export type FormatMoney = (money: Money) => string

export const createMoneyFormat = (locale: string): FormatMoney => {
  const formats = new Map<string, Intl.NumberFormat>()
  const formatOf = (currency: string) => {
    const known = formats.get(currency)
    if (known) return known
    const made = new Intl.NumberFormat(locale, { style: 'currency', currency })
    formats.set(currency, made)
    return made
  }
  return ({ amountMinor, currency }) => {
    const format = formatOf(currency)
    // As decimal text, which Intl reads exactly; its type wants a literal.
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2
    const text = format.format(toDecimal(amountMinor, digits) as `${number}`)
    // Among letters that run from the right, the sign at the end of `US$` would go to its other side.
    return text.replace(/^\u200f.*\$$/, '$&\u200e')
  }
}

/** `4000` with 2 digits → `40.00`; JPY has 0 digits, KWD 3. */
export const toDecimal = (amountMinor: number, digits: number): string => {
  const sign = amountMinor < 0 ? '-' : ''
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, '0')
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}
