import { expect, test } from 'vitest'
import { currencyDigits } from './currencyDigits.ts'

/** As Stripe's page on currencies counts them. */
const byDigits = new Map([
  [0, 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ')],
  [3, 'BHD JOD KWD OMR TND'.split(' ')],
])

test('amounts are counted as the payment gateway counts them', () => {
  for (const [digits, currencies] of byDigits) {
    for (const currency of currencies) expect([currency, currencyDigits(currency)]).toEqual([currency, digits])
  }
})

test('every other currency is counted in hundredths, whatever Intl knows of its coins', () => {
  const listed = new Set([...byDigits.values()].flat())
  const others = Intl.supportedValuesOf('currency').filter(code => !listed.has(code))
  expect(others).toEqual(expect.arrayContaining(['USD', 'HUF', 'IDR', 'COP', 'PKR', 'ISK', 'UGX', 'TWD']))
  expect(others.filter(code => currencyDigits(code) !== 2)).toEqual([])
})
