import { declineOf, defaultCard, isCardNumber } from './cards.ts'
import { declineSession, defaultPayer, paySession } from './checkout.ts'
import type { Payer } from './paymentMethods.ts'
import type { PayForm, PayProblem } from './payPageView.ts'
import type { SessionRecord, TwinState } from './state.ts'

/** Where a buyer goes who has paid; Stripe fills its id in wherever the template stands, fragment included. */
export const successAddress = ({ session }: SessionRecord): string | null =>
  (session.success_url ?? session.return_url ?? null)?.replaceAll('{CHECKOUT_SESSION_ID}', session.id) ?? null

export const firstForm = (record: SessionRecord, now: number): PayForm => ({
  email: record.session.customer_email ?? '',
  name: '',
  card: defaultCard.replace(/(.{4})(?=.)/g, '$1 '),
  expiry: `12 / ${String(new Date(now).getUTCFullYear() + 3).slice(-2)}`,
  cvc: '123',
  method: record.session.payment_method_types[0] ?? 'card',
})

export const readForm = (body: FormData, record: SessionRecord, now: number): PayForm => {
  const first = firstForm(record, now)
  const read = (name: keyof PayForm) => String(body.get(name) ?? first[name]).trim()
  return {
    // A prefilled address is fixed, whatever the form says.
    email: record.session.customer_email ?? read('email'),
    name: read('name'),
    card: read('card'),
    expiry: read('expiry'),
    cvc: read('cvc'),
    method: read('method'),
  }
}

const findProblem = (form: PayForm, record: SessionRecord): PayProblem | null => {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(form.email))
    return { message: 'Please give your e-mail address.', field: 'email' }
  if (form.method !== 'card' || record.session.amount_total === 0) return null
  if (!isCardNumber(form.card.replace(/\s/g, ''))) return { message: 'Your card number is invalid.', field: 'card' }
  return null
}

/** Pays, or answers what stands in the way; a declined card is tried for real, as the events will tell. */
export const pay = (state: TwinState, record: SessionRecord, form: PayForm): PayProblem | null => {
  const problem = findProblem(form, record)
  if (problem) return problem
  const number = form.card.replace(/\s/g, '')
  const fallback = defaultPayer(record)
  const payer: Payer = {
    email: form.email,
    name: form.name || fallback.name,
    method: form.method,
    last4: number.slice(-4),
  }
  const decline = form.method === 'card' && record.session.amount_total !== 0 ? declineOf(number) : null
  if (decline) {
    declineSession(state, record, payer, decline)
    return { message: decline.message, field: 'card' }
  }
  paySession(state, record, payer)
  return null
}
