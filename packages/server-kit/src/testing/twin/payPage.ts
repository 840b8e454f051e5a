import { Hono } from 'hono'
import type { TwinContext } from './apiCall.ts'
import { declineOf, defaultCard, isCardNumber } from './cards.ts'
import { declineSession, defaultPayer, expireOverdue, paySession } from './checkout.ts'
import type { Payer } from './paymentMethods.ts'
import { endPage, openPage, type PayForm, type PayProblem } from './payPageView.ts'
import type { SessionRecord, TwinState } from './state.ts'

/** Where a buyer goes who has paid; Stripe fills its id in wherever the template stands, fragment included. */
const successAddress = ({ session }: SessionRecord): string | null =>
  (session.success_url ?? session.return_url ?? null)?.replaceAll('{CHECKOUT_SESSION_ID}', session.id) ?? null

const firstForm = (record: SessionRecord, now: number): PayForm => ({
  email: record.session.customer_email ?? '',
  name: '',
  card: defaultCard.replace(/(.{4})(?=.)/g, '$1 '),
  expiry: `12 / ${String(new Date(now).getUTCFullYear() + 3).slice(-2)}`,
  cvc: '123',
  method: record.session.payment_method_types[0] ?? 'card',
})

const readForm = (body: FormData, record: SessionRecord, now: number): PayForm => {
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
const pay = (state: TwinState, record: SessionRecord, form: PayForm): PayProblem | null => {
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

const ended = (record: SessionRecord) => {
  const { session } = record
  const back = successAddress(record)
  if (session.status === 'complete') {
    return endPage(
      'This payment is complete',
      'You have paid already; there is nothing more to do.',
      back ? { href: back, label: 'Continue' } : null,
    )
  }
  return endPage(
    'This page has expired',
    'The time to pay is over and nothing was charged. Go back to start again.',
    session.cancel_url ? { href: session.cancel_url, label: 'Go back' } : null,
  )
}

const missing = () =>
  endPage('There is no such payment', 'The address may be mistyped, or the twin was restarted.', null)

/** Stripe's side of the screen: a form that works without a script. */
export const payPageApp = (state: TwinState) => {
  const app = new Hono<{ Bindings: TwinContext['env'] }>()
  app.use('/c/*', async (context, next) => {
    expireOverdue(state)
    context.header('cache-control', 'no-store')
    context.header('referrer-policy', 'no-referrer')
    context.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    )
    await next()
  })
  app.get('/c/pay/:id', context => {
    const record = state.sessions.get(context.req.param('id'))
    if (!record) return context.html(missing(), 404)
    if (record.session.status !== 'open') return context.html(ended(record))
    return context.html(openPage(record, firstForm(record, state.clock.now()), null))
  })
  app.post('/c/pay/:id', async context => {
    const record = state.sessions.get(context.req.param('id'))
    if (!record) return context.html(missing(), 404)
    const form = readForm(await context.req.formData(), record, state.clock.now())
    if (record.session.status !== 'open') return context.html(ended(record), 409)
    const problem = pay(state, record, form)
    if (problem) return context.html(openPage(record, form, problem), 402)
    const address = successAddress(record)
    return address ? context.redirect(address, 303) : context.html(ended(record))
  })
  return app
}
