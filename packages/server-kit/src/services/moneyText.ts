import { currencyDigits, type Money } from '@venuekit/core/contracts'

/** The exact decimal as text, by digits and not by division: 1999 USD minor units are `19.99`. */
export const toDecimalText = ({ amountMinor, currency }: Money): string => {
  const digits = currencyDigits(currency)
  const sign = amountMinor < 0 ? '-' : ''
  const padded = String(Math.abs(amountMinor)).padStart(digits + 1, '0')
  const whole = padded.slice(0, padded.length - digits)
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${padded.slice(-digits)}`
}

/** For a person to read, such as `$19.99`. */
export const toMoneyText = (money: Money, locale: string): string => {
  const { currency } = money
  const digits = currencyDigits(currency)
  const format = { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const
  return new Intl.NumberFormat(locale, format).format(toDecimalText(money) as Intl.StringNumericLiteral)
}
