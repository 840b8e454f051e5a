import { currencyDigits } from './currencyDigits.ts'

/**
 * What an amount must be a multiple of for the payment gateway to charge it or to send it back. ISK and UGX are counted
 * in hundredths and moved whole (100); of three decimals the last is always 0 (10); every other currency has no such
 * rule (1), HUF and TWD only for payouts. https://docs.stripe.com/currencies#special-cases
 */
export const currencyStep = (currency: string): number => {
  if (/ISK|UGX/.test(currency)) return 100
  return currencyDigits(currency) === 3 ? 10 : 1
}
