import type Stripe from 'stripe'
import { seconds } from './clock.ts'
import { createId } from './ids.ts'
import type { SessionParameters } from './sessionParams.ts'
import type { TwinState } from './state.ts'

type LineParameters = NonNullable<SessionParameters['line_items']>[number]

/** Decimals are strings on the wire; the SDK makes its own objects of them. */
const wireDecimal = (amount: number) => String(amount) as unknown as Stripe.Decimal

const createProduct = (state: TwinState, line: LineParameters): Stripe.Product => {
  const data = line.price_data?.product_data
  const created = seconds(state.clock)
  return {
    id: createId('prod'),
    object: 'product',
    active: false,
    created,
    default_price: null,
    description: data?.description ?? null,
    images: data?.images ?? [],
    livemode: false,
    marketing_features: [],
    metadata: data?.metadata ?? {},
    name: data?.name ?? '',
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: data?.tax_code ?? null,
    tax_details: null,
    type: 'service',
    unit_label: data?.unit_label ?? null,
    updated: created,
    url: null,
  }
}

const createPrice = (state: TwinState, line: LineParameters, productId: string): Stripe.Price => {
  const amount = line.price_data?.unit_amount ?? 0
  return {
    id: createId('price'),
    object: 'price',
    active: false,
    billing_scheme: 'per_unit',
    created: seconds(state.clock),
    currency: line.price_data?.currency ?? '',
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: productId,
    recurring: null,
    tax_behavior: line.price_data?.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: amount,
    unit_amount_decimal: wireDecimal(amount),
  }
}

/** One line of a session; its product is kept, as Stripe keeps one for every inline price. */
export const createLineItem = (state: TwinState, line: LineParameters): Stripe.LineItem => {
  const product = createProduct(state, line)
  state.products.set(product.id, product)
  const price = createPrice(state, line, product.id)
  const quantity = line.quantity ?? 1
  const total = (price.unit_amount ?? 0) * quantity
  return {
    id: createId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: total,
    amount_tax: 0,
    amount_total: total,
    currency: price.currency,
    description: product.name,
    metadata: line.metadata ?? {},
    price,
    quantity,
  }
}
