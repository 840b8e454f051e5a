import type Stripe from 'stripe'
import { listPage, pageShape } from './list.ts'
import { defineOperation, type Operation } from './operation.ts'
import { notFound } from './refusal.ts'
import { flag, list as listOf, text } from './rules.ts'
import type { TwinState } from './state.ts'
import { toThinEvent } from './thinEvent.ts'

const findEvent = (state: TwinState, id: string): Stripe.EventBase => {
  const event = state.events.get(id)
  if (!event) throw notFound('event', id, 'id')
  return event
}

/** `charge.*` stands for all of them. */
const isOfType = (type: string, wanted: string): boolean =>
  wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted

const retrieve = defineOperation({
  method: 'GET',
  path: '/v1/events/:id',
  shape: {},
  run: (state, id) => findEvent(state, id),
})

const list = defineOperation({
  method: 'GET',
  path: '/v1/events',
  shape: { ...pageShape, delivery_success: flag, type: text(), types: listOf(text()) } satisfies Record<
    keyof Omit<Stripe.EventListParams, 'expand'>,
    unknown
  >,
  run: (state, _id, { type, types, delivery_success: delivered, ...page }) => {
    const matching = [...state.events.values()]
      .filter(event => type === undefined || isOfType(event.type, type))
      .filter(event => types === undefined || types.some(wanted => isOfType(event.type, wanted)))
      .filter(event => delivered === undefined || delivered === (event.pending_webhooks === 0))
    return listPage('/v1/events', 'event', matching, page)
  },
})

const retrieveThin = defineOperation({
  method: 'GET',
  path: '/v2/core/events/:id',
  shape: {},
  run: (state, id) => toThinEvent(findEvent(state, id)),
})

export const eventOperations: Operation[] = [list, retrieve, retrieveThin]
