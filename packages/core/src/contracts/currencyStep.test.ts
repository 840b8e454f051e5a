import { expect, test } from 'vitest'
import { currencyStep } from './currencyStep.ts'

test('amounts move in the steps of the payment gateway, which bind few currencies', () => {
  const steps = Intl.supportedValuesOf('currency').map(currency => [currency, currencyStep(currency)])
  expect(Object.fromEntries(steps.filter(([, step]) => step !== 1))).toEqual({
    ISK: 100,
    UGX: 100,
    BHD: 10,
    JOD: 10,
    KWD: 10,
    OMR: 10,
    TND: 10,
  })
})
