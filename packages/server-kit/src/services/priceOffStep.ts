import { currencyStep } from '@venuekit/core/contracts'

/** What is told of a price that the payment gateway would not charge. */
export const priceOffStep = (currency: string): string =>
  `must be a multiple of ${currencyStep(currency)}: the payment gateway charges no finer steps of ${currency}`
