import { type OrderStatus, orderStatus } from '@venuekit/core/contracts'
import { expect, test } from 'vitest'
import { emptyBuyer } from '../buyer.ts'
import { placesIn } from '../cart.ts'
import { checkoutRules } from '../checkout/checkoutRules.ts'
import { foundState } from '../checkout/foundState.ts'
import { orderToken, sampleEvent, sampleOrder } from '../testing/sampleEvent.ts'
import { firstState } from './firstState.ts'
import type { FlowEvent } from './flowEvent.ts'
import { next as nextBy } from './flowRules.ts'
import type { FlowState } from './flowState.ts'

const next = (state: FlowState, event: FlowEvent) => nextBy(checkoutRules, state, event)

const token = orderToken()
const general = 'tier-general-admission'
const ada = { name: 'Ada', email: 'ada@example.com' }
const failureOf = (code: string, retryable: boolean, fields = {}) => ({ code, retryable, retryAfterMs: 0, fields })

const chosen = (): FlowState => {
  const events: FlowEvent[] = [
    { type: 'eventLoaded', event: sampleEvent() },
    { type: 'quantitySet', tierId: general, quantity: 2 },
    { type: 'quantitySet', tierId: 'tier-balcony', quantity: 1 },
    { type: 'buyerTyped', field: 'name', value: ada.name },
    { type: 'buyerTyped', field: 'email', value: ada.email },
  ]
  return events.reduce(next, firstState)
}
const reserving = () => next(chosen(), { type: 'submitted', key: 'k1' })

test('an order without tickets or without a buyer is not sent, and says what is missing', () => {
  const empty = next(next(firstState, { type: 'eventLoaded', event: sampleEvent() }), {
    type: 'submitted',
    key: 'k',
  })
  expect(empty).toMatchObject({ at: 'choosing', tries: 1, checked: false })
  const nobody = next({ ...chosen(), buyer: emptyBuyer }, { type: 'submitted', key: 'k' })
  expect(nobody).toMatchObject({ at: 'choosing', tries: 1, checked: true })
})

test('sold out meanwhile keeps the rest of the cart and names the tier', () => {
  const refreshing = next(reserving(), { type: 'reserveFailed', failure: failureOf('sold_out', false) })
  expect(refreshing).toMatchObject({ at: 'refreshing', reason: 'sold_out' })
  const [first, second] = sampleEvent().tiers
  if (!first || !second) throw new Error('the sample has two tiers')
  const event = sampleEvent({ tiers: [first, { ...second, status: 'sold_out', available: 0 }] })
  const asked = next(refreshing, { type: 'eventLoaded', event })
  expect(asked).toMatchObject({
    at: 'choosing',
    cart: { [general]: 2 },
    buyer: ada,
    notice: { kind: 'soldOut', tierIds: ['tier-balcony'] },
  })
})

test('fewer places than wanted leave as many as there are', () => {
  const refreshing = next(reserving(), { type: 'reserveFailed', failure: failureOf('sold_out', false) })
  const tiers = sampleEvent().tiers.map(tier => ({ ...tier, available: 1 }))
  const asked = next(refreshing, { type: 'eventLoaded', event: sampleEvent({ tiers }) })
  expect(asked).toMatchObject({
    cart: { [general]: 1, 'tier-balcony': 1 },
    notice: { kind: 'fewer', tierIds: [general] },
  })
})

test('a new price is shown and asked for again', () => {
  const refreshing = next(reserving(), { type: 'reserveFailed', failure: failureOf('price_changed', false) })
  const asked = next(refreshing, { type: 'eventLoaded', event: sampleEvent() })
  expect(asked).toMatchObject({ at: 'choosing', notice: { kind: 'price' }, cart: { [general]: 2 } })
})

test('the gateway being down keeps the key for the next try', () => {
  const failed = next(reserving(), { type: 'reserveFailed', failure: failureOf('gateway_unavailable', true) })
  expect(failed.at).toBe('failed')
  expect(next(failed, { type: 'retried' })).toMatchObject({ at: 'reserving', key: 'k1', attempt: 1 })
})

test('a buyer who changes the order after a failure is back at the form, with a key of its own to come', () => {
  const failed = next(reserving(), { type: 'reserveFailed', failure: failureOf('network', true) })
  const again = next(failed, { type: 'orderChanged' })
  expect(again).toMatchObject({ at: 'choosing', cart: { [general]: 2 }, buyer: ada })
  expect(next(again, { type: 'submitted', key: 'k2' })).toMatchObject({ at: 'reserving', key: 'k2' })
})

test('a return whose order nobody knows says so beside the tickets', () => {
  const confirming = foundState({ token, orderId: 'o', cause: 'paid' })
  const lost = next(confirming, { type: 'syncFailed', failure: failureOf('not_found', false) })
  expect(next(lost, { type: 'eventLoaded', event: sampleEvent() })).toMatchObject({
    at: 'choosing',
    notice: { kind: 'lost' },
  })
})

test("a field that the server refused is the field's mistake until it changes", () => {
  const refused = next(reserving(), {
    type: 'reserveFailed',
    failure: failureOf('invalid_request', false, { 'buyer.email': 'no' }),
  })
  expect(refused).toMatchObject({ at: 'choosing', refused: ['email'] })
  expect(next(refused, { type: 'submitted', key: 'k2' }).at).toBe('choosing')
  const mended = next(refused, { type: 'buyerTyped', field: 'email', value: 'ada@example.org' })
  expect(next(mended, { type: 'submitted', key: 'k2' }).at).toBe('reserving')
})

test('the hold counts down by the server clock, and is asked about at its end', () => {
  const finding = foundState({ token, orderId: 'o', cause: 'unpaid' })
  // This device's clock is an hour behind; the hold has 36 minutes.
  const deviceNow = Date.parse('2026-11-01T09:00:00.000Z')
  const held = next(finding, { type: 'orderSynced', order: sampleOrder(), at: deviceNow })
  expect(held).toMatchObject({ at: 'held', cause: 'cancelled', hold: { secondsLeft: 36 * 60 } })
  const later = next(held, { type: 'ticked', at: deviceNow + 60_000 })
  expect(later).toMatchObject({ hold: { secondsLeft: 35 * 60 } })
  const over = next(held, { type: 'ticked', at: deviceNow + 36 * 60_000 })
  expect(over.at).toBe('finding')
  const ended = next(over, {
    type: 'orderSynced',
    order: sampleOrder({ serverNow: '2026-11-01T10:36:00.000Z' }),
    at: deviceNow,
  })
  expect(ended).toMatchObject({ at: 'ended', reason: 'expired' })
  expect(placesIn(next(ended, { type: 'restarted' }).cart)).toBe(2)
})

const statuses: OrderStatus[] = [...orderStatus.options, 'from_a_newer_server' as OrderStatus]

test('every status of an order has its state, one from a newer server reads as pending', () => {
  const stateAfter = (status: OrderStatus) =>
    next(foundState({ token, orderId: 'o', cause: 'stored' }), {
      type: 'orderSynced',
      order: sampleOrder({ status }),
      at: 0,
    })
  const shown = Object.fromEntries(
    statuses.map(status => {
      const state = stateAfter(status)
      return [status, state.at === 'ended' ? state.reason : state.at]
    }),
  )
  expect(shown).toEqual({
    reserved: 'held',
    expiring: 'expired',
    payment_pending: 'pending',
    fulfilled: 'done',
    expired: 'expired',
    cancelled: 'cancelled',
    needs_review: 'review',
    refund_due: 'refundDue',
    refunded: 'refunded',
    from_a_newer_server: 'pending',
  })
})

test('confirming ends in plain words when the payment takes long', () => {
  let state = foundState({ token, orderId: 'o', cause: 'paid' })
  for (let turn = 0; turn < 20 && state.at === 'confirming'; turn++)
    state = next(
      state,
      turn % 2
        ? { type: 'syncFailed', failure: failureOf('network', true) }
        : { type: 'orderSynced', order: sampleOrder(), at: 0 },
    )
  expect(state.at).toBe('pending')
  expect(next(state, { type: 'retried' })).toMatchObject({ at: 'confirming', attempt: 0 })
})
