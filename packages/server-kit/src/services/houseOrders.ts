import type { AdminOrder, newComp, newDoorSale } from '@venuekit/core/contracts'
import type * as z from 'zod/mini'
import type { SqlArguments, SqlResult } from '../ports/database.ts'
import { DatabaseError } from '../ports/databaseError.ts'
import { getAdminOrder } from './adminOrders.ts'
import { deliverMessages } from './deliverMessages.ts'
import { getAdminEvent } from './events.ts'
import type { KitContext } from './kitContext.ts'
import { ProblemError } from './problemError.ts'
import { requestHash } from './requestHash.ts'

type NewComp = z.infer<typeof newComp>
type NewDoorSale = z.infer<typeof newDoorSale>

interface HouseRequest {
  eventId: string
  idempotencyKey: string
}

type HouseSale = Pick<SqlArguments<'ticketing.create_house_order'>, 'kind' | 'payment' | 'source'>
type Refusal = Exclude<SqlResult<'ticketing.create_house_order'>, { outcome: 'issued' }>

const problems: { [Name in Refusal['outcome']]: (refusal: Extract<Refusal, { outcome: Name }>) => ProblemError } = {
  not_found: () => new ProblemError('not_found', { detail: 'No such event.' }),
  unknown_tier: ({ tierIds }) =>
    new ProblemError('invalid_request', { fields: { items: `no tier of this event: ${tierIds.join(', ')}` } }),
  sales_closed: () =>
    new ProblemError('sales_closed', { detail: 'The event is cancelled, over, or its sales are stopped.' }),
  sold_out: () => new ProblemError('sold_out', { detail: 'There are not as many places left.' }),
  price_changed: ({ totalMinor }) =>
    new ProblemError('price_changed', {
      detail: 'What was taken is not the total: nothing was sold.',
      fields: { amountMinor: `the total is ${totalMinor}` },
    }),
  idempotency_conflict: () =>
    new ProblemError('idempotency_conflict', { detail: 'Another order was made under this key: take a new one.' }),
}

const explain = (refusal: Refusal): ProblemError => {
  const problem = problems[refusal.outcome] as (refusal: Refusal) => ProblemError
  return problem(refusal)
}

const lostRace = (error: unknown): Extract<Refusal, { outcome: 'sold_out' }> => {
  if (error instanceof DatabaseError && error.kind === 'sold_out') return { outcome: 'sold_out', tierIds: [] }
  throw error
}

const createHouseOrder = async (
  context: KitContext,
  { eventId, idempotencyKey }: HouseRequest,
  body: NewComp | NewDoorSale,
  sale: HouseSale,
): Promise<{ order: AdminOrder }> => {
  const answer = await context.database
    .call('ticketing.create_house_order', {
      event_id: eventId,
      order_id: crypto.randomUUID(),
      // No buyer's key has a space: the two cannot meet.
      client_key: `${sale.kind} ${idempotencyKey}`,
      request_hash: await requestHash(body),
      items: body.items,
      buyer: body.buyer,
      ...sale,
    })
    .catch(lostRace)
  if (answer.outcome !== 'issued') throw explain(answer)
  void context.background.run('deliver-messages', () => deliverMessages(context))
  return getAdminOrder(context, eventId, answer.orderId)
}

/** A gift: tickets at no price, by an actor. Throws `sold_out`, `sales_closed`. */
export const createComp = (context: KitContext, request: HouseRequest, body: NewComp): Promise<{ order: AdminOrder }> =>
  createHouseOrder(context, request, body, {
    kind: 'comp',
    payment: null,
    source: { kind: 'comp', actor: body.actor, ...(body.note === undefined ? {} : { reference: body.note }) },
  })

/** A sale that was paid outside the gateway. Throws `price_changed` where `amountMinor` is not the total. */
export const createDoorSale = async (
  context: KitContext,
  request: HouseRequest,
  body: NewDoorSale,
): Promise<{ order: AdminOrder }> => {
  const { event } = await getAdminEvent(context, request.eventId)
  return createHouseOrder(context, request, body, {
    kind: 'door',
    payment: {
      paymentId: crypto.randomUUID(),
      kind: 'external',
      amountMinor: body.amountMinor,
      currency: event.currency,
      method: body.method,
      reference: body.reference ?? null,
    },
    source: { kind: 'door', actor: body.actor, ...(body.reference === undefined ? {} : { reference: body.reference }) },
  })
}
