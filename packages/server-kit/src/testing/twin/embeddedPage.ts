import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import type { TwinContext } from './apiCall.ts'
import { expireOverdue } from './checkout.ts'
import { firstForm, pay, readForm, successAddress } from './payForm.ts'
import { endPage, openPage } from './payPageView.ts'
import type { SessionRecord, TwinState } from './state.ts'
import { stripeScript } from './stripeScript.ts'

/** Whoever knows the client secret may see the session, and nobody else. */
const findRecord = (state: TwinState, id: string, secret: string | undefined): SessionRecord | null => {
  const record = state.sessions.get(id)
  return record && record.session.client_secret !== null && record.session.client_secret === secret ? record : null
}

/** Tells the page around the frame that it is done, or where it has to go. */
const donePage = (record: SessionRecord) => {
  const leadTo = record.session.redirect_on_completion === 'always' ? successAddress(record) : null
  const message = JSON.stringify({ leadTo }).replaceAll('<', '\\u003c')
  return html`<!doctype html><title>Paid</title><p>Paid.</p><script>parent.postMessage(${raw(message)}, '*')</script>`
}

const gone = () => endPage('This payment is over', 'Nothing can be paid here any more.', null)

/** The pay page in a frame of the venue's page, and the script that puts it there. */
export const embeddedPageApp = (state: TwinState) => {
  const app = new Hono<{ Bindings: TwinContext['env'] }>()
  app.get('/:release/stripe.js', context =>
    context.body(stripeScript(state.baseUrl), 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  )
  app.use('/c/embed/*', async (context, next) => {
    expireOverdue(state)
    context.header('cache-control', 'no-store')
    context.header('referrer-policy', 'no-referrer')
    await next()
  })
  app.get('/c/embed/:id', context => {
    const record = findRecord(state, context.req.param('id'), context.req.query('secret'))
    if (!record) return context.html(gone(), 404)
    return context.html(openPage(record, firstForm(record, state.clock.now()), null))
  })
  app.post('/c/embed/:id', async context => {
    const record = findRecord(state, context.req.param('id'), context.req.query('secret'))
    if (!record) return context.html(gone(), 404)
    const form = readForm(await context.req.formData(), record, state.clock.now())
    const problem = pay(state, record, form)
    return problem ? context.html(openPage(record, form, problem), 402) : context.html(donePage(record))
  })
  return app
}
