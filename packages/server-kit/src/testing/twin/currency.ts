import { currencyDigits, currencyStep } from '@venuekit/core/contracts'

/** The least that Stripe charges, in minor units, for the currencies it names one for. */
const minimums: Record<string, number> = {
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
  usd: 50,
}

const maximum = 99_999_999

const known = new Set(Intl.supportedValuesOf('currency').map(code => code.toLowerCase()))

export const isCurrency = (code: string): boolean => known.has(code.toLowerCase())

export const formatAmount = (amountMinor: number, code: string, locale = 'en'): string => {
  const currency = code.toUpperCase()
  const digits = currencyDigits(currency)
  const format = { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const
  return new Intl.NumberFormat(locale, format).format(amountMinor / 10 ** digits)
}

/** Why Stripe would neither charge nor refund just that amount, or null where it would. */
export const stepProblem = (amountMinor: number, currency: string): { code: string; message: string } | null => {
  const code = currency.toUpperCase()
  const step = currencyStep(code)
  if (amountMinor % step === 0) return null
  if (step === 100) {
    const message = `Invalid amount. Currency ${code} has become effectively zero-decimal and charged amounts must be evenly divisible by 100. See https://stripe.com/docs/currencies#special-cases for more information.`
    return { code: 'invalid_charge_amount_no_decimal_compatible', message }
  }
  // Stripe documents the rule and not its words.
  return { code: 'invalid_charge_amount', message: `Invalid amount. The last digit of an amount in ${code} must be 0.` }
}

/** Why Stripe would not charge that much, or null where it would. A total of 0 needs no payment and is fine. */
export const amountProblem = (
  amountMinor: number,
  currency: string,
): { code: 'amount_too_small' | 'amount_too_large'; bound: string } | null => {
  const minimum = minimums[currency] ?? 1
  if (amountMinor > 0 && amountMinor < minimum) {
    return { code: 'amount_too_small', bound: `at least ${formatAmount(minimum, currency)} ${currency}` }
  }
  if (amountMinor > maximum) {
    return { code: 'amount_too_large', bound: `no more than ${formatAmount(maximum, currency)} ${currency}` }
  }
  return null
}
