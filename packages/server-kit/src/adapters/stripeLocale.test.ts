import type Stripe from 'stripe'
import { expect, expectTypeOf, test } from 'vitest'
import { type StripeLocale, stripeLocale } from './stripeLocale.ts'

test.each([
  [null, 'auto'],
  ['', 'auto'],
  ['de', 'de'],
  ['de-AT', 'de'],
  ['en-US', 'en'],
  ['en-GB', 'en-GB'],
  ['EN_gb', 'en-GB'],
  ['pt-BR', 'pt-BR'],
  ['pt-PT', 'pt'],
  ['es-MX', 'es-419'],
  ['es-ES', 'es'],
  ['no', 'nb'],
  ['hi', 'hi-IN'],
  ['zh-Hant-TW', 'zh-TW'],
  ['zh-Hans-CN', 'zh'],
  ['ar', 'auto'],
  ['en-US@posix', 'en'],
])('%s is shown in %s', (tag, locale) => {
  expect(stripeLocale(tag)).toBe(locale)
})

test('names only what Stripe knows', () => {
  expectTypeOf<StripeLocale>().toExtend<Stripe.Checkout.SessionCreateParams.Locale>()
})
