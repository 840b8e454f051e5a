import type Stripe from 'stripe'
import { expireSession, findSession } from './checkout.ts'
import { seconds } from './clock.ts'
import { createLineItem } from './lineItems.ts'
import { cutPage, listPage, pageShape } from './list.ts'
import { defineOperation, type Operation } from './operation.ts'
import { badState } from './refusal.ts'
import { choice, email, fields, integer, text } from './rules.ts'
import { createSessionObject } from './sessionObject.ts'
import { checkSession, type SessionParameters, sessionShape } from './sessionParams.ts'
import type { SessionRecord, TwinState } from './state.ts'

const createSession = (state: TwinState, parameters: SessionParameters): Stripe.Checkout.Session => {
  const lineItems = (parameters.line_items ?? []).map(line => createLineItem(state, line))
  const total = lineItems.reduce((sum, line) => sum + line.amount_total, 0)
  const session = createSessionObject(state, parameters, { total, currency: lineItems[0]?.currency ?? '' })
  const data = parameters.payment_intent_data
  const record: SessionRecord = {
    session,
    lineItems,
    intentData: {
      description: data?.description ?? null,
      metadata: data?.metadata ?? {},
      receiptEmail: data?.receipt_email ?? null,
      statementDescriptor: data?.statement_descriptor ?? null,
      statementDescriptorSuffix: data?.statement_descriptor_suffix ?? null,
      transferGroup: data?.transfer_group ?? null,
    },
  }
  state.sessions.set(session.id, record)
  state.openSessions.set(session.id, record)
  return session
}

const create = defineOperation({
  method: 'POST',
  path: '/v1/checkout/sessions',
  shape: sessionShape,
  check: (state, parameters) => checkSession(parameters, seconds(state.clock)),
  run: (state, _id, parameters) => createSession(state, parameters),
})

const retrieve = defineOperation({
  method: 'GET',
  path: '/v1/checkout/sessions/:id',
  shape: {},
  run: (state, id) => findSession(state, id).session,
})

const expire = defineOperation({
  method: 'POST',
  path: '/v1/checkout/sessions/:id/expire',
  shape: {},
  run: (state, id) => {
    const record = findSession(state, id)
    if (record.session.status !== 'open') {
      throw badState(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${record.session.status}\`.`,
      )
    }
    expireSession(state, record)
    return record.session
  },
})

const list = defineOperation({
  method: 'GET',
  path: '/v1/checkout/sessions',
  shape: {
    ...pageShape,
    customer: text(),
    customer_account: text(),
    customer_details: fields({ email }, ['email']),
    payment_intent: text(),
    payment_link: text(),
    status: choice('complete', 'expired', 'open'),
    subscription: text(),
  } satisfies Record<keyof Omit<Stripe.Checkout.SessionListParams, 'expand'>, unknown>,
  run: (state, _id, parameters) => {
    const matching = [...state.sessions.values()]
      .map(record => record.session)
      .filter(session => parameters.customer === undefined || session.customer === parameters.customer)
      .filter(
        session =>
          parameters.customer_account === undefined || session.customer_account === parameters.customer_account,
      )
      .filter(session => parameters.payment_link === undefined || session.payment_link === parameters.payment_link)
      .filter(session => parameters.subscription === undefined || session.subscription === parameters.subscription)
      .filter(session => parameters.status === undefined || session.status === parameters.status)
      .filter(session => !parameters.payment_intent || session.payment_intent === parameters.payment_intent)
      .filter(
        session =>
          !parameters.customer_details || session.customer_details?.email === parameters.customer_details.email,
      )
    return listPage('/v1/checkout/sessions', 'checkout.session', matching, parameters)
  },
})

const listLineItems = defineOperation({
  method: 'GET',
  path: '/v1/checkout/sessions/:id/line_items',
  shape: { limit: integer(1, 100), starting_after: text(), ending_before: text() },
  run: (state, id, parameters) =>
    cutPage(`/v1/checkout/sessions/${id}/line_items`, 'item', findSession(state, id).lineItems, parameters),
})

export const sessionOperations: Operation[] = [create, list, retrieve, expire, listLineItems]
