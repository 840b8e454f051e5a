import { emptyBuyer } from '../buyer.ts'
import { emptyCart } from '../cart.ts'
import { choosing } from '../flow/choosing.ts'
import type { Failure } from '../flow/failure.ts'
import type { FlowState, Hold } from '../flow/flowState.ts'
import { fulfilledOrder, orderToken, sampleEvent, sampleOrder, sampleTier } from './sampleEvent.ts'

const event = sampleEvent()
const ada = { name: 'Ada Lovelace', email: 'ada@example.com' }
const cart = { 'tier-general-admission': 2 }
const base = { event, cart, buyer: ada }
const token = orderToken()
const hold: Hold = { token, order: sampleOrder(), endsAtMs: 0, secondsLeft: 1745 }
const failure = (code: string, retryable = true): Failure => ({ code, retryable, retryAfterMs: 0, fields: {} })
const start = choosing({ cart: emptyCart, buyer: emptyBuyer }, event)

const mixed = sampleEvent({
  tiers: [
    sampleTier('Early bird', 1500, { status: 'sold_out', available: 0 }),
    sampleTier('General admission', 2000, { description: 'Standing, main floor' }),
    sampleTier('Balcony', 3550, { available: 3, description: 'Seated, with a rail to lean on' }),
    sampleTier('Last-minute', 2500, { status: 'not_started', salesStartAt: '2026-11-27T18:00:00.000Z' }),
    sampleTier('Dinner & show', 9500, { status: 'ended' }),
  ],
})
const free = sampleEvent({
  name: 'Open studio evening',
  location: null,
  tiers: [sampleTier('RSVP', 0, { maxPerOrder: 4 })],
})
const dinar = sampleEvent({
  name: 'ليلة الموسيقى في الفناء',
  location: 'دار الآثار، مدينة الكويت',
  timeZone: 'Asia/Kuwait',
  currency: 'KWD',
  tiers: [
    sampleTier('دخول عام', 0, { price: { amountMinor: 12500, currency: 'KWD' } }),
    sampleTier('شرفة', 0, { price: { amountMinor: 25250, currency: 'KWD' }, available: 2 }),
  ],
})

/** One of each thing a buyer may see. */
export const sampleStates: Readonly<Record<string, FlowState>> = {
  loading: { at: 'loading', event: null, cart: emptyCart, buyer: emptyBuyer, attempt: 0, notice: null },
  start,
  mixed: { ...start, event: mixed, cart: { 'tier-balcony': 3 } },
  chosen: { ...start, ...base, cart: { ...cart, 'tier-balcony': 1 }, buyer: emptyBuyer },
  nothing: { ...start, tries: 1 },
  mistakes: { ...start, ...base, buyer: { name: '', email: 'ada@' }, checked: true, tries: 1 },
  soldOut: { ...start, ...base, event: mixed, notice: { kind: 'soldOut', tierIds: ['tier-early-bird'] } },
  price: { ...start, ...base, notice: { kind: 'price' } },
  free: { ...start, event: free, cart: { 'tier-rsvp': 2 }, buyer: ada },
  cancelledEvent: { ...start, event: { ...mixed, status: 'cancelled' } },
  allSoldOut: {
    ...start,
    event: sampleEvent({ tiers: [sampleTier('General admission', 2000, { status: 'sold_out', available: 0 })] }),
  },
  reserving: { ...base, at: 'reserving', key: 'k', attempt: 0 },
  gateway: { ...base, at: 'failed', key: 'k', attempt: 0, failure: failure('gateway_unavailable') },
  offline: { ...base, at: 'failed', key: 'k', attempt: 0, failure: failure('network') },
  paying: { ...base, at: 'paying', hold, cause: null, url: 'https://pay.example' },
  payingHere: {
    ...base,
    at: 'payingHere',
    hold,
    cause: null,
    clientSecret: 'cs_1_secret_1',
    publishableKey: 'pk_test_1',
  },
  unknownEvent: { ...base, event: null, at: 'unavailable', failure: failure('not_found', false) },
  down: { ...base, event: null, at: 'unavailable', failure: failure('network') },
  finding: { ...base, at: 'finding', token, cause: 'stored', failure: null, attempt: 0 },
  held: { ...base, at: 'held', hold, cause: 'cancelled', failure: null },
  heldFailed: { ...base, at: 'held', hold, cause: 'stored', failure: failure('gateway_unavailable') },
  confirming: { ...base, at: 'confirming', token, order: null, failure: null, attempt: 0 },
  pending: { ...base, at: 'pending', token, order: sampleOrder(), attempt: 0 },
  heldShort: { ...base, at: 'held', hold: { ...hold, secondsLeft: 95 }, cause: 'elsewhere', failure: null },
  heldLonger: {
    ...base,
    at: 'held',
    hold,
    cause: 'stored',
    failure: null,
    extension: { result: 'given', minutes: 36 },
  },
  heldNoLonger: {
    ...base,
    at: 'held',
    hold: { ...hold, secondsLeft: 60 },
    cause: 'stored',
    failure: null,
    extension: { result: 'refused' },
  },
  extending: { ...base, at: 'extending', hold: { ...hold, secondsLeft: 95 }, cause: 'stored', extensionKey: 'k' },
  resending: { ...base, at: 'resending', step: 'asking', checked: false, failure: null, attempt: 0 },
  resendRefused: {
    ...base,
    at: 'resending',
    step: 'asking',
    checked: true,
    failure: failure('rate_limited'),
    attempt: 1,
  },
  resent: { ...base, at: 'resending', step: 'sent', checked: false, failure: null, attempt: 1 },
  done: { ...base, at: 'done', token, order: fulfilledOrder(), mail: 'sent', attempt: 1 },
  partlyVoid: {
    ...base,
    at: 'done',
    mail: 'idle',
    attempt: 0,
    token,
    order: fulfilledOrder({
      tickets: fulfilledOrder().tickets.map((ticket, index) => (index === 1 ? { ...ticket, status: 'void' } : ticket)),
    }),
  },
  expired: { ...base, at: 'ended', order: sampleOrder(), reason: 'expired' },
  refundDue: { ...base, at: 'ended', order: sampleOrder(), reason: 'refundDue' },
  review: { ...base, at: 'ended', order: sampleOrder(), reason: 'review' },
  rightToLeft: { ...start, event: dinar, cart: { 'tier-دخول-عام': 2 }, buyer: emptyBuyer },
}
