import { currencyDigits } from '@venuekit/core'
import type { Money } from '@venuekit/core/contracts'

/** Money as text in one language, such as `$40.00`. Exact in every currency: no float is made of an amount. */
export type FormatMoney = (money: Money) => string

export const createMoneyFormat = (locale: string): FormatMoney => {
  const formats: Record<string, Intl.NumberFormat> = {}
  return ({ amountMinor, currency }) => {
    const digits = currencyDigits(currency)
    formats[currency] ??= new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
    // As decimal text, such as `4000e-2`, which Intl reads exactly; its type wants a literal.
    const text = formats[currency].format(`${amountMinor}e-${digits}` as `${number}`)
    // Among letters that run from the right, the sign at the end of `US$` would go to its other side.
    return text.replace(/^\u200f.*\$$/, '$&\u200e')
  }
}
