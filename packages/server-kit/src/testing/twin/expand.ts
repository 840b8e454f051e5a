import { badParameter } from './refusal.ts'
import type { SessionRecord, TwinState } from './state.ts'

type StripeObject = Record<string, unknown>

const byId =
  (collection: (state: TwinState) => ReadonlyMap<string, object>) =>
  (state: TwinState, value: unknown): unknown =>
    typeof value === 'string' ? (collection(state).get(value) ?? value) : value

const charge = byId(state => state.charges)
const paymentIntent = byId(state => state.paymentIntents)
const paymentMethod = byId(state => state.paymentMethods)
const balanceTransaction = byId(state => state.balanceTransactions)
const product = byId(state => state.products)

const sourceOf = (state: TwinState, value: unknown): unknown =>
  typeof value === 'string'
    ? (state.charges.get(value) ?? state.refunds.get(value) ?? state.disputes.get(value) ?? value)
    : value

const lineItems = (state: TwinState, _value: unknown, owner: StripeObject): unknown => {
  const record: SessionRecord | undefined = state.sessions.get(String(owner.id))
  const url = `/v1/checkout/sessions/${owner.id}/line_items`
  return { object: 'list', data: record?.lineItems ?? [], has_more: false, url }
}

const refundsOf = (state: TwinState, _value: unknown, owner: StripeObject): unknown => {
  const data = [...state.refunds.values()].filter(refund => refund.charge === owner.id).reverse()
  return { object: 'list', data, has_more: false, url: `/v1/charges/${owner.id}/refunds` }
}

type Expansion = (state: TwinState, value: unknown, owner: StripeObject) => unknown

/** By object, the properties that can be expanded: references, and lists that are left out otherwise. */
const expansions: Record<string, Record<string, Expansion>> = {
  'checkout.session': { payment_intent: paymentIntent, line_items: lineItems },
  payment_intent: { latest_charge: charge, payment_method: paymentMethod },
  charge: {
    payment_intent: paymentIntent,
    balance_transaction: balanceTransaction,
    failure_balance_transaction: balanceTransaction,
    refunds: refundsOf,
  },
  refund: {
    charge,
    payment_intent: paymentIntent,
    payment_method: paymentMethod,
    balance_transaction: balanceTransaction,
    failure_balance_transaction: balanceTransaction,
  },
  dispute: { charge, payment_intent: paymentIntent },
  balance_transaction: { source: sourceOf },
  price: { product },
}

const isObject = (value: unknown): value is StripeObject => typeof value === 'object' && value !== null

const expandInto = (state: TwinState, target: unknown, names: string[], path: string): void => {
  const [name, ...rest] = names
  if (name === undefined) return
  if (Array.isArray(target)) {
    for (const item of target) expandInto(state, item, names, path)
    return
  }
  if (!isObject(target)) return
  const expansion = expansions[String(target.object)]?.[name]
  if (expansion) target[name] = structuredClone(expansion(state, target[name], target))
  else if (!isObject(target[name]) || rest.length === 0) throw notExpandable(path)
  expandInto(state, target[name], rest, path)
}

const notExpandable = (path: string) =>
  badParameter(
    'expand',
    `This property cannot be expanded (${path}). You may want to try expanding 'data.${path}' instead if this is a list.`,
  )

/** A copy of the answer with the named references replaced by what they name. At most four levels, as at Stripe. */
export const expand = (state: TwinState, answer: object, paths: string[]): object => {
  const copy = structuredClone(answer)
  for (const path of paths) {
    const names = path.split('.')
    if (names.filter(name => name !== 'data').length > 4) {
      throw badParameter('expand', 'You cannot expand more than 4 levels of a property.')
    }
    expandInto(state, copy, names, path)
  }
  return copy
}
