import { Hono } from 'hono'
import type { TwinContext } from './apiCall.ts'
import { expireOverdue } from './checkout.ts'
import { firstForm, pay, readForm, successAddress } from './payForm.ts'
import { endPage, openPage } from './payPageView.ts'
import type { SessionRecord, TwinState } from './state.ts'

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
  app.use('/c/pay/*', async (context, next) => {
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
