import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { sessionParams, twinWithSdk } from '../../../test/stripeTwin.ts'

const declarations = join(dirname(createRequire(import.meta.url).resolve('stripe')), '../esm/resources')

/** What the SDK's declarations say of an object: each property, and whether an answer may leave it out. */
const declared = (file: string, name: string): { required: string[]; known: string[] } => {
  const source = readFileSync(join(declarations, `${file}.d.ts`), 'utf8').replaceAll(/\/\*\*[\s\S]*?\*\//g, '')
  const body = new RegExp(`export interface ${name} \\{([\\s\\S]*?)\\n\\}`).exec(source)?.[1] ?? ''
  const properties = [...body.matchAll(/^ {4,8}(\w+)(\??): /gm)]
  return {
    required: properties.filter(([, , optional]) => optional === '').map(([, property = '']) => property),
    known: properties.map(([, property = '']) => property),
  }
}

/** One of everything, as it goes over the wire. */
const everything = async (): Promise<Record<string, Record<string, unknown>>> => {
  const { stripe, twin } = await twinWithSdk()
  const { id } = await stripe.checkout.sessions.create(sessionParams())
  twin.control.pay(id)
  const expand = [
    'line_items.data.price.product',
    'payment_intent.payment_method',
    'payment_intent.latest_charge.balance_transaction',
  ]
  const session = await stripe.checkout.sessions.retrieve(id, { expand })
  const intent = session.payment_intent as Stripe.PaymentIntent
  const charge = intent.latest_charge as Stripe.Charge
  const line = session.line_items?.data[0]
  const refund = await stripe.refunds.create({ charge: charge.id, amount: 100 })
  const dispute = twin.control.dispute(charge.id)
  const [event] = (await stripe.events.list({ limit: 1 })).data
  const objects = {
    session,
    intent,
    charge,
    transaction: charge.balance_transaction,
    method: intent.payment_method,
    line,
    price: line?.price,
    product: line?.price?.product,
    refund,
    dispute,
    event,
    account: await stripe.accounts.retrieveCurrent(),
  }
  return JSON.parse(JSON.stringify(objects))
}

test.each([
  ['session', 'Checkout/Sessions', 'Session', /^cs_test_/],
  ['intent', 'PaymentIntents', 'PaymentIntent', /^pi_/],
  ['charge', 'Charges', 'Charge', /^ch_/],
  ['transaction', 'BalanceTransactions', 'BalanceTransaction', /^txn_/],
  ['method', 'PaymentMethods', 'PaymentMethod', /^pm_/],
  ['line', 'LineItems', 'LineItem', /^li_/],
  ['price', 'Prices', 'Price', /^price_/],
  ['product', 'Products', 'Product', /^prod_/],
  ['refund', 'Refunds', 'Refund', /^re_/],
  ['dispute', 'Disputes', 'Dispute', /^du_/],
  ['event', 'Events', 'EventBase', /^evt_/],
  ['account', 'Accounts', 'Account', /^acct_/],
])('%s has every property that Stripe promises, and none that it does not know', async (name, file, type, prefix) => {
  const object = (await everything())[name] ?? {}
  const { required, known } = declared(file, type)
  expect(required.length).toBeGreaterThan(4)
  expect(Object.keys(object)).toEqual(expect.arrayContaining(required))
  expect(known).toEqual(expect.arrayContaining(Object.keys(object)))
  expect(object.id).toMatch(prefix)
})
