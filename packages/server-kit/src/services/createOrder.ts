import type { CreateOrderRequest, CreateOrderResponse } from '@venuekit/core/contracts'
import type { SqlArguments, SqlResult } from '../ports/database.ts'
import { DatabaseError } from '../ports/databaseError.ts'
import type { PublishableKey } from '../ports/venuekitFunctions.ts'
import { completeFreeOrder } from './completion.ts'
import { enforceLimits } from './enforceLimits.ts'
import type { KitContext } from './kitContext.ts'
import { notPayable } from './notPayable.ts'
import { offeredUi } from './offeredUi.ts'
import { openCheckout, toCheckout } from './openCheckout.ts'
import { withoutOrder } from './orderUrl.ts'
import { ProblemError } from './problemError.ts'
import { requestHash } from './requestHash.ts'
import { requireChallenge } from './requireChallenge.ts'
import { reservationProblem } from './reservationProblem.ts'
import { withTicketCodes } from './ticketCode.ts'

/** Who asks, and under which key the same request may be sent again. */
export interface OrderOrigin {
  key: PublishableKey
  idempotencyKey: string
  clientAddress: string | null
  request: Request
}

type Reserved = Extract<SqlResult<'ticketing.reserve_order'>, { outcome: 'reserved' }>

/** The page to come back to. A key's origins are the only pages that a token may be sent to. */
const readReturnUrl = (body: CreateOrderRequest, key: PublishableKey): string => {
  const url = new URL(body.returnUrl)
  if (!key.allowedOrigins.includes(url.origin)) {
    throw new ProblemError('invalid_request', {
      fields: { returnUrl: 'must be a page of one of the origins that the publishable key allows' },
    })
  }
  return withoutOrder(url.href)
}

/** The race for the last places may be lost inside the write, which SQL can only raise. */
const lostRace = (error: unknown): { outcome: 'sold_out'; tierIds: string[] } => {
  if (error instanceof DatabaseError && error.kind === 'sold_out') return { outcome: 'sold_out', tierIds: [] }
  throw error
}

const reserve = async (
  context: KitContext,
  body: CreateOrderRequest,
  { key, idempotencyKey, clientAddress }: OrderOrigin,
  returnUrl: string,
): Promise<Reserved> => {
  const reservation: SqlArguments<'ticketing.reserve_order'> = {
    event_id: body.eventId,
    order_id: crypto.randomUUID(),
    venue_id: key.venueId,
    client_key: idempotencyKey,
    request_hash: await requestHash(body),
    items: body.items,
    buyer: body.buyer,
    return_url: returnUrl,
    locale: body.locale ?? null,
    expected_total_minor: body.expectedTotalMinor ?? null,
    max_holds: context.limits.maxHoldsPerBuyer,
    origin: {
      keyId: key.keyId,
      ...(clientAddress === null ? {} : { ip: clientAddress }),
      ...(body.attribution ? { attribution: body.attribution } : {}),
    },
  }
  const answer = await context.database.call('ticketing.reserve_order', reservation).catch(lostRace)
  if (answer.outcome === 'reserved') return answer
  throw reservationProblem(answer, body)
}

/** A replay of an order that is past paying: what was answered then, with what the order is now. */
const replayEnded = async (
  context: KitContext,
  reserved: Reserved,
  orderToken: string,
): Promise<CreateOrderResponse> => {
  const { order } = reserved
  const problem = notPayable(order.status)
  if (problem.code === 'reservation_expired') throw problem
  if (order.total.amountMinor === 0) return { order, orderToken, checkout: { kind: 'free' } }
  const found = await context.database.call('ticketing.get_order', { event_id: order.eventId, order_id: order.id })
  const checkout = found.outcome === 'found' && found.attempt ? toCheckout(context, found.attempt) : null
  if (!checkout) throw problem
  return { order, orderToken, checkout }
}

const guardAgainstHoarding = async (
  context: KitContext,
  { eventId, buyer: { email } }: CreateOrderRequest,
  { request, clientAddress, key }: OrderOrigin,
): Promise<void> => {
  await requireChallenge(context, request, { clientAddress, eventId, email })
  await enforceLimits(context, 'createOrder', { clientAddress, email, keyId: key.keyId, eventId })
}

const startOrder = async (
  context: KitContext,
  body: CreateOrderRequest,
  origin: OrderOrigin,
): Promise<CreateOrderResponse> => {
  const returnUrl = readReturnUrl(body, origin.key)
  await guardAgainstHoarding(context, body, origin)
  const reserved = await reserve(context, body, origin, returnUrl)
  const { order, tokenVersion, event } = reserved
  const orderToken = await context.orderTokens.sign({
    eventId: order.eventId,
    orderId: order.id,
    version: tokenVersion,
  })
  if (order.status !== 'reserved') return replayEnded(context, reserved, orderToken)
  if (order.total.amountMinor === 0) {
    return { order: await completeFreeOrder(context, order), orderToken, checkout: { kind: 'free' } }
  }
  const opened = await openCheckout(context, {
    order,
    orderToken,
    event,
    returnUrl,
    locale: body.locale ?? null,
    ui: offeredUi(context, body.payment),
  })
  return { orderToken, ...opened }
}

/**
 * Reserves the places and opens the checkout, or issues at once where nothing is to be paid. Sent again under the
 * same idempotency key it goes on where it stopped and answers the same order, token and checkout.
 * Throws `ProblemError`.
 */
export const createOrder = async (
  context: KitContext,
  body: CreateOrderRequest,
  origin: OrderOrigin,
): Promise<CreateOrderResponse> => {
  const answer = await startOrder(context, body, origin)
  return { ...answer, order: await withTicketCodes(context.ticketCodes, answer.order) }
}
