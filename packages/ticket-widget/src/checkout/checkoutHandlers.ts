import type { BuyerField } from '../buyer.ts'
import { emptyCart, placesIn } from '../cart.ts'
import { choosing } from '../flow/choosing.ts'
import { choosingHandlers } from '../flow/choosingRules.ts'
import type { Failure } from '../flow/failure.ts'
import type { FlowEventOf } from '../flow/flowEvent.ts'
import type { Handlers } from '../flow/flowRules.ts'
import type { Confirming, Finding, FlowState, Held, Paying, PayingHere, Pending, StateAt } from '../flow/flowState.ts'
import { baseOf, restart } from '../flow/restart.ts'
import { checkBuyer } from './checkBuyer.ts'
import { firstSeen, notRefreshed, refreshed, seenWhileChoosing } from './eventSeen.ts'
import { extending, tickHeld } from './extension.ts'
import { findOrder } from './findOrder.ts'
import { isOver, tickHold } from './hold.ts'
import { brokenCheckout, checkoutOpened, confirmingAttempts, orderAwaited, orderFound } from './orderSeen.ts'
import { askForEmail, resendFromReceipt, resendingHandlers } from './resendHandlers.ts'
import { reserveRefused } from './reserveRefused.ts'

/** The token opens nothing: the order belongs to another venue, or is no more. */
const isLost = ({ code }: Failure) =>
  code === 'not_found' || code === 'unauthorized' || code === 'forbidden' || code === 'invalid_request'

const tick = (state: Paying | PayingHere, { at }: FlowEventOf<'ticked'>): FlowState => {
  const hold = tickHold(state.hold, at)
  return isOver(hold) ? findOrder(state, hold.token, 'stored') : { ...state, hold }
}

/** Another tab has an order: this one shows it too, and holds no places of its own. */
const join = (state: FlowState, { token }: FlowEventOf<'deviceChanged'>): FlowState =>
  token === null ? state : findOrder(state, token, 'elsewhere')

/** Another tab has paid the order, or has given it back. */
const follow = (state: Held | Paying | PayingHere, { token }: FlowEventOf<'deviceChanged'>): FlowState =>
  token === null ? findOrder(state, state.hold.token, 'elsewhere') : state

const followFinding = (state: Finding, { token }: FlowEventOf<'deviceChanged'>): FlowState => {
  if (token === null) return { ...state, failure: null, attempt: state.attempt + 1 }
  return token === state.token || state.cause === 'cancelled' ? state : findOrder(state, token, 'elsewhere')
}

const notConfirmed = (state: Confirming | Pending, { failure }: FlowEventOf<'syncFailed'>): FlowState => {
  if (isLost(failure)) return restart({ ...state, cart: emptyCart }, { kind: 'lost' })
  const attempt = state.attempt + 1
  if (state.at === 'confirming' && attempt < confirmingAttempts) return { ...state, attempt, failure }
  return { ...baseOf(state), at: 'pending', token: state.token, order: state.order, attempt }
}

const submit = (state: StateAt<'choosing'>, { key }: FlowEventOf<'submitted'>): FlowState => {
  const { event, cart, buyer } = state
  const wrong = placesIn(cart) === 0 || Object.keys(checkBuyer(buyer)).length > 0 || state.refused.length > 0
  if (wrong) return { ...state, checked: placesIn(cart) > 0, tries: state.tries + 1, notice: null }
  return { event, cart, buyer, at: 'reserving', key, attempt: 0 }
}

/** What came by itself is read by now. */
const choose = (state: StateAt<'choosing'>, event: FlowEventOf<'quantitySet'>): FlowState => ({
  ...choosingHandlers.choosing.quantitySet(state, event),
  notice: state.notice?.quiet ? null : state.notice,
})

const type = (state: StateAt<'choosing'>, field: BuyerField, value: string): FlowState => ({
  ...state,
  buyer: { ...state.buyer, [field]: value },
  refused: state.refused.filter(each => each !== field),
})

/** Choosing in full, and the states from the click on. */
export const checkoutHandlers: Handlers = {
  ...choosingHandlers,
  loading: {
    ...choosingHandlers.loading,
    eventLoaded: (state, { event }) => firstSeen(state, event),
    deviceChanged: join,
  },
  unavailable: { ...choosingHandlers.unavailable, deviceChanged: join },
  choosing: {
    ...choosingHandlers.choosing,
    quantitySet: choose,
    eventLoaded: (state, { event }) => seenWhileChoosing(state, event),
    buyerTyped: (state, { field, value }) => type(state, field, value),
    submitted: submit,
    resendWanted: askForEmail,
    deviceChanged: join,
  },
  resending: resendingHandlers,
  refreshing: {
    eventLoaded: (state, { event }) => refreshed(state, event),
    eventFailed: state => notRefreshed(state),
    deviceChanged: join,
  },
  reserving: {
    orderCreated: (state, { created, at }) => checkoutOpened(state, { ...created, token: created.orderToken, at }),
    reserveFailed: (state, { failure }) => reserveRefused(state, failure),
    orderElsewhere: (state, { token }) => (state.attempt === 0 ? findOrder(state, token, 'elsewhere') : state),
  },
  failed: {
    retried: ({ failure: _, ...state }) => ({ ...state, at: 'reserving', attempt: state.attempt + 1 }),
    orderChanged: state => choosing(state, state.event),
  },
  paying: {
    ticked: tick,
    deviceChanged: follow,
    cameBack: state => findOrder(state, state.hold.token, 'cancelled'),
  },
  payingHere: {
    ticked: tick,
    deviceChanged: follow,
    paidHere: state => ({
      ...baseOf(state),
      at: 'confirming',
      token: state.hold.token,
      order: state.hold.order,
      failure: null,
      attempt: 0,
    }),
    embedRefused: state => ({
      ...baseOf(state),
      at: 'resuming',
      hold: state.hold,
      cause: state.cause ?? 'stored',
      leaving: true,
    }),
    released: state => ({ ...baseOf(state), at: 'releasing', hold: state.hold, cause: state.cause ?? 'stored' }),
  },
  finding: {
    orderSynced: (state, { order, at }) => orderFound(state, order, at),
    syncFailed: (state, { failure }) =>
      isLost(failure) ? restart(state, state.cause === 'cancelled' ? { kind: 'lost' } : null) : { ...state, failure },
    retried: state => ({ ...state, failure: null, attempt: state.attempt + 1 }),
    deviceChanged: followFinding,
  },
  held: {
    ticked: tickHeld,
    extended: ({ event, cart, buyer, hold, cause }, { key }) => ({
      event,
      cart,
      buyer,
      at: 'extending',
      hold,
      cause,
      extensionKey: key,
    }),
    deviceChanged: follow,
    resumed: ({ failure: _, extension: __, ...state }) => ({ ...state, at: 'resuming', leaving: false }),
    released: ({ failure: _, extension: __, ...state }) => ({ ...state, at: 'releasing' }),
  },
  extending,
  resuming: {
    // The page cannot show what it was answered once more: better told than tried for ever.
    checkoutOpened: (state, { order, checkout, at }) =>
      state.leaving && checkout.kind === 'embedded'
        ? { ...baseOf(state), at: 'held', hold: state.hold, cause: state.cause, failure: brokenCheckout }
        : checkoutOpened(state, { token: state.hold.token, order, checkout, at }, state.cause),
    checkoutFailed: (state, { failure }) =>
      failure.retryable ? { ...state, at: 'held', failure } : findOrder(state, state.hold.token, state.cause),
  },
  releasing: {
    orderReleased: state => restart(state, { kind: 'released' }),
    releaseFailed: (state, { failure }) =>
      failure.retryable ? { ...state, at: 'held', failure } : findOrder(state, state.hold.token, state.cause),
  },
  confirming: {
    orderSynced: (state, { order }) => orderAwaited(state, order),
    syncFailed: notConfirmed,
  },
  pending: {
    orderSynced: (state, { order }) => orderAwaited(state, order),
    syncFailed: notConfirmed,
    retried: state => ({
      ...baseOf(state),
      at: 'confirming',
      token: state.token,
      order: state.order,
      failure: null,
      attempt: 0,
    }),
  },
  done: { ...resendFromReceipt, restarted: state => restart({ ...state, cart: emptyCart }) },
  ended: {
    restarted: state => restart(state),
    deviceChanged: (state, event) =>
      state.reason === 'expired' || state.reason === 'cancelled' ? join(state, event) : state,
  },
}
