import type { Money } from '@venuekit/core/contracts'

/** How many decimals the currency has: USD 2, JPY 0, KWD 3. */
const currencyDigits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** The exact decimal as text, by digits and not by division: 1999 USD minor units are `19.99`. */
export const toDecimalText = ({ amountMinor, currency }: Money): string => {
  const digits = currencyDigits(currency)
  const sign = amountMinor < 0 ? '-' : ''
  const padded = String(Math.abs(amountMinor)).padStart(digits + 1, '0')
  const whole = padded.slice(0, padded.length - digits)
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${padded.slice(-digits)}`
}

/** For a person to read, such as `$19.99`. */
export const toMoneyText = (money: Money, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency: money.currency }).format(
    toDecimalText(money) as Intl.StringNumericLiteral,
  )
