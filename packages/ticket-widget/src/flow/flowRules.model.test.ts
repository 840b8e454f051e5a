import { type OrderStatus, orderStatus } from '@venuekit/core/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkoutRules } from '../checkout/checkoutRules.ts'
import { orderToken, sampleEvent, sampleOrder, sampleTier } from '../testing/sampleEvent.ts'
import { sampleStates } from '../testing/sampleStates.ts'
import type { FlowEvent } from './flowEvent.ts'
import { next as nextBy } from './flowRules.ts'
import type { FlowState } from './flowState.ts'

const next = (state: FlowState, event: FlowEvent) => nextBy(checkoutRules, state, event)

const token = orderToken()
const otherToken = orderToken(undefined, '33333333-2222-4333-8444-555555555555')
const general = 'tier-general-admission'
const ada = { name: 'Ada', email: 'ada@example.com' }
const failureOf = (code: string, retryable: boolean, fields = {}) => ({ code, retryable, retryAfterMs: 0, fields })

const statuses: OrderStatus[] = [...orderStatus.options, 'from_a_newer_server' as OrderStatus]
const order = fc
  .record({ status: fc.constantFrom(...statuses), over: fc.boolean() })
  .map(({ status, over }) => sampleOrder(over ? { status, holdExpiresAt: '2026-11-01T09:00:00.000Z' } : { status }))
const failure = fc.constantFrom(
  ...'sold_out price_changed sales_closed limit_exceeded reservation_expired idempotency_conflict conflict invalid_request not_found unauthorized forbidden'
    .split(' ')
    .map(code => failureOf(code, false)),
  ...'busy rate_limited gateway_unavailable internal network timeout'.split(' ').map(code => failureOf(code, true)),
  failureOf('invalid_response', false),
  failureOf('invalid_request', false, { 'buyer.email': 'no' }),
)
const venueEvent = fc.constantFrom(
  sampleEvent(),
  sampleEvent({ tiers: [sampleTier('General admission', 0)] }),
  sampleEvent({ tiers: [sampleTier('General admission', 2000, { status: 'sold_out', available: 0 })] }),
  sampleEvent({ status: 'paused' }),
  sampleEvent({ tiers: [] }),
)
const checkout = fc.constantFrom(
  { kind: 'redirect', url: 'https://pay.example' } as const,
  { kind: 'free' } as const,
  { kind: 'embedded', clientSecret: 's', publishableKey: 'p' } as const,
)
const at = fc.nat(3_000_000)

const buyerEvent: fc.Arbitrary<FlowEvent> = fc.oneof(
  fc.record({ type: fc.constant('quantitySet' as const), tierId: fc.constant(general), quantity: fc.nat(7) }),
  fc.constantFrom<FlowEvent>(
    { type: 'buyerTyped', field: 'name', value: ada.name },
    { type: 'buyerTyped', field: 'email', value: ada.email },
    { type: 'buyerTyped', field: 'email', value: 'ada' },
  ),
  fc.uuid().map(key => ({ type: 'submitted' as const, key })),
  fc.uuid().map(key => ({ type: 'extended' as const, key })),
  fc.constantFrom<FlowEvent>(
    ...(
      [
        'retried',
        'orderChanged',
        'resumed',
        'released',
        'restarted',
        'cameBack',
        'paidHere',
        'embedRefused',
        'resendWanted',
      ] as const
    ).map(type => ({ type })),
  ),
)
const serverEvent: fc.Arbitrary<FlowEvent> = fc.oneof(
  venueEvent.map(event => ({ type: 'eventLoaded' as const, event })),
  fc
    .record({ order, checkout, at })
    .map(({ at, ...answer }) => ({ type: 'orderCreated' as const, created: { ...answer, orderToken: token }, at })),
  fc.record({ type: fc.constant('checkoutOpened' as const), order, checkout, at }),
  fc.record({ type: fc.constant('orderSynced' as const), order, at }),
  fc.constantFrom<FlowEvent>(
    { type: 'orderReleased' },
    { type: 'ticketsSent' },
    { type: 'deviceChanged', token: null },
    { type: 'deviceChanged', token },
    { type: 'deviceChanged', token: otherToken },
    { type: 'orderElsewhere', token: otherToken },
  ),
  fc.record({ type: fc.constant('holdExtended' as const), order, at }),
  fc.record({
    type: fc.constantFrom(
      'eventFailed',
      'reserveFailed',
      'checkoutFailed',
      'releaseFailed',
      'syncFailed',
      'extendFailed',
      'resendFailed',
    ),
    failure,
  }),
  fc.record({ type: fc.constant('ticked' as const), at }),
)
const anything = fc.array(fc.oneof(buyerEvent, serverEvent), { maxLength: 80 })
const { start, held } = sampleStates
if (!start || !held) throw new Error('the samples have a start and a hold')
const everyState: FlowState[] = [
  ...Object.values(sampleStates),
  { ...start, at: 'refreshing', reason: 'sold_out' } as FlowState,
  { ...held, at: 'resuming', leaving: false } as FlowState,
  { ...held, at: 'releasing' } as FlowState,
]
const beginnings = fc.constantFrom(...everyState)

/** What leads on from a state: an answer of the server where it works, else something the buyer can do. */
const waysOn: { readonly [At in FlowState['at']]: readonly FlowEvent[] } = {
  loading: [{ type: 'eventLoaded', event: sampleEvent() }],
  unavailable: [{ type: 'retried' }],
  choosing: [
    { type: 'eventLoaded', event: sampleEvent() },
    { type: 'quantitySet', tierId: general, quantity: 1 },
    { type: 'buyerTyped', field: 'name', value: ada.name },
    { type: 'buyerTyped', field: 'email', value: ada.email },
    { type: 'submitted', key: 'the way on' },
  ],
  refreshing: [{ type: 'eventLoaded', event: sampleEvent() }],
  reserving: [
    { type: 'orderCreated', created: { order: sampleOrder(), orderToken: token, checkout: { kind: 'free' } }, at: 0 },
  ],
  failed: [{ type: 'retried' }],
  paying: [{ type: 'cameBack' }],
  payingHere: [{ type: 'paidHere' }],
  finding: [{ type: 'orderSynced', order: sampleOrder(), at: 0 }],
  held: [{ type: 'resumed' }],
  extending: [{ type: 'holdExtended', order: sampleOrder(), at: 0 }],
  resending: [{ type: 'orderChanged' }],
  resuming: [
    { type: 'checkoutOpened', order: sampleOrder(), checkout: { kind: 'redirect', url: 'https://pay.example' }, at: 0 },
  ],
  releasing: [{ type: 'orderReleased' }],
  confirming: [{ type: 'orderSynced', order: sampleOrder({ status: 'fulfilled' }), at: 0 }],
  pending: [{ type: 'retried' }],
  done: [{ type: 'restarted' }],
  ended: [{ type: 'restarted' }],
}

test('nothing that a buyer or the server does leaves the flow stuck', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(beginnings, anything, (beginning, events) => {
      let state = beginning
      for (const event of events) {
        state = next(state, event)
        seen.add(state.at)
        const later = waysOn[state.at].reduce(next, state)
        expect(later.at, `${state.at} after ${event.type}`).not.toBe(state.at)
      }
    }),
    { numRuns: 400 },
  )
  expect(seen.size).toBe(Object.keys(waysOn).length)
})

test('every failure of a call leads somewhere the buyer can go on from', () => {
  const calls = {
    loading: 'eventFailed',
    refreshing: 'eventFailed',
    reserving: 'reserveFailed',
    finding: 'syncFailed',
    resuming: 'checkoutFailed',
    releasing: 'releaseFailed',
    extending: 'extendFailed',
    confirming: 'syncFailed',
    pending: 'syncFailed',
  } as const
  fc.assert(
    fc.property(fc.constantFrom(...(Object.keys(calls) as (keyof typeof calls)[])), failure, (name, failed) => {
      const before = everyState.find(state => state.at === name) ?? start
      const after = next(before, { type: calls[name], failure: failed })
      expect(after, `${name}, ${failed.code}`).not.toBe(before)
    }),
  )
})

/** A key that was never sent may be given up for the order of another tab as well. */
const endings = (before: FlowState): FlowEvent['type'][] => [
  'orderCreated',
  'reserveFailed',
  'orderChanged',
  ...('attempt' in before && before.attempt === 0 ? (['orderElsewhere'] as const) : []),
]

test('another idempotency key is used only after the server refused, or the buyer changed the order', () => {
  fc.assert(
    fc.property(beginnings, anything, (beginning, events) => {
      let state = beginning
      let open = 'key' in state ? state.key : null
      for (const event of events) {
        const before = state
        state = next(state, event)
        if (state.at === 'reserving') {
          if (open !== null) expect(state.key).toBe(open)
          if (before.at !== 'reserving' && before.at !== 'failed') expect(event.type).toBe('submitted')
          open = state.key
        } else if (state.at !== 'failed') {
          // Left for good: only an answer of the server or the buyer's own wish ends an undecided order.
          if (open !== null) expect(endings(before)).toContain(event.type)
          open = null
        }
      }
    }),
    { numRuns: 400 },
  )
})

test('a held order is let go only by its end, by the buyer, or by paying', () => {
  fc.assert(
    fc.property(anything, events => {
      let state: FlowState = held
      for (const event of events) {
        const before = state
        state = next(state, event)
        const letGo = 'hold' in before && !('hold' in state)
        if (!letGo) continue
        expect(['finding', 'confirming', 'loading']).toContain(state.at)
        if (state.at === 'loading') expect(event.type).toBe('orderReleased')
        if (state.at === 'confirming') expect(['checkoutOpened', 'paidHere']).toContain(event.type)
        break
      }
    }),
  )
})
