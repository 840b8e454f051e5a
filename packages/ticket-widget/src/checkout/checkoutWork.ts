import { cartTotal } from '../cart.ts'
import { attempt as attemptTo } from '../flow/attempt.ts'
import { choosingRules } from '../flow/choosingRules.ts'
import type { Work } from '../flow/flowRules.ts'
import type { Confirming, Held, Paying, PayingHere, Pending, Reserving, StateAt } from '../flow/flowState.ts'
import type { WorkContext } from '../flow/flowWorld.ts'
import { loadEvent } from '../flow/loadEvent.ts'
import { canEmbed, canEmbedNow } from '../payment/canEmbed.ts'
import { attributionOf } from './attributionOf.ts'
import { inTurn } from './inTurn.ts'
import { leavePage } from './leavePage.ts'
import { readOrderToken } from './orderToken.ts'
import { cleanAddress } from './return.ts'
import { solveChallenge } from './solveChallenge.ts'

/** Milliseconds before each question whether the order is through. */
const confirmingDelays = [0, 800, 1200, 1600, 2000, 3000, 4000, 5000, 6000]
const pendingDelay = 15_000
/** Ten minutes of pending; from then on the buyer asks. */
const pendingAttempts = 50

const wait = ({ world, signal }: WorkContext, milliseconds: number): Promise<void> =>
  milliseconds === 0
    ? Promise.resolve()
    : new Promise(resolve => {
        const cancel = world.after(milliseconds, resolve)
        signal.addEventListener('abort', cancel, { once: true })
      })

const orderParams = (token: string) => ({ params: { orderId: readOrderToken(token)?.orderId ?? '' } })

/** A try that another one went before goes on with its own order, which may be there already. */
const reserve = ({ event, cart, buyer, key, attempt }: Reserving, context: WorkContext) =>
  attemptTo(
    context,
    async () => {
      const { world, signal } = context
      const campaign = attributionOf(world.pageUrl)
      const body = {
        eventId: event.id,
        items: Object.entries(cart).map(([tierId, quantity]) => ({ tierId, quantity })),
        buyer: { name: buyer.name.trim(), email: buyer.email.trim() },
        returnUrl: cleanAddress(world.returnUrl()),
        expectedTotalMinor: cartTotal(event, cart).amountMinor,
        locale: world.locale(),
        ...(campaign ? { attribution: campaign } : {}),
        ...(canEmbed(world.embedIn) ? { payment: 'embedded' as const } : {}),
      }
      return inTurn(`venuekit-order:${event.id}`, signal, async () => {
        const token = (attempt === 0 && world.memory?.kept()) || null
        if (token) return { type: 'orderElsewhere', token }
        const created = await solveChallenge(world, challenge =>
          world.client.createOrder({ body }, { idempotencyKey: key, signal, ...challenge }),
        )
        world.memory?.remember(created.orderToken)
        world.tell.orderCreated(created.order)
        return { type: 'orderCreated', created, at: world.now() }
      })
    },
    failure => ({ type: 'reserveFailed', failure }),
  )

const sync = (token: string, context: WorkContext) =>
  attemptTo(
    context,
    async () => {
      const { world, signal } = context
      const { order, purchase } = await world.client.syncOrder(orderParams(token), { orderToken: token, signal })
      if (purchase) world.tell.purchased(purchase)
      return { type: 'orderSynced', order, at: world.now() }
    },
    failure => ({ type: 'syncFailed', failure }),
  )

const confirm = async (state: Confirming, context: WorkContext) => {
  const delay = confirmingDelays[state.attempt] ?? pendingDelay
  await wait(context, Math.max(delay, state.failure?.retryAfterMs ?? 0))
  if (!context.signal.aborted) await sync(state.token, context)
}

const watch = async (state: Pending, context: WorkContext) => {
  if (state.attempt > pendingAttempts) return
  await wait(context, pendingDelay)
  if (!context.signal.aborted) await sync(state.token, context)
}

const resume = ({ hold, leaving }: StateAt<'resuming'>, context: WorkContext) =>
  attemptTo(
    context,
    async () => {
      const { world, signal } = context
      const payment = !leaving && canEmbedNow(world.embedIn) ? ('embedded' as const) : ('redirect' as const)
      const input = { ...orderParams(hold.token), query: { payment } }
      const answer = await world.client.resumeCheckout(input, { orderToken: hold.token, signal })
      return { type: 'checkoutOpened', ...answer, at: world.now() }
    },
    failure => ({ type: 'checkoutFailed', failure }),
  )

const release = ({ hold }: StateAt<'releasing'>, context: WorkContext) =>
  attemptTo(
    context,
    async () => {
      const { client } = context.world
      await client.cancelOrder(orderParams(hold.token), { orderToken: hold.token, signal: context.signal })
      return { type: 'orderReleased' }
    },
    failure => ({ type: 'releaseFailed', failure }),
  )

const extend = ({ hold, extensionKey }: StateAt<'extending'>, context: WorkContext) =>
  attemptTo(
    context,
    async () => {
      const { world, signal } = context
      const options = { orderToken: hold.token, idempotencyKey: extensionKey, signal }
      const { order } = await world.client.extendOrder(orderParams(hold.token), options)
      return { type: 'holdExtended', order, at: world.now() }
    },
    failure => ({ type: 'extendFailed', failure }),
  )

const resend = (email: string, context: WorkContext) =>
  attemptTo(
    context,
    async () => {
      const { client, eventId } = context.world
      await client.resendTickets({ body: { eventId, email } }, { signal: context.signal })
      return { type: 'ticketsSent' }
    },
    failure => ({ type: 'resendFailed', failure }),
  )

const countDown = (state: Held | Paying | PayingHere, { world, signal, dispatch }: WorkContext) => {
  if (state.hold.endsAtMs === null) return
  let cancel = () => {}
  const schedule = () => {
    cancel = world.after(1000, () => {
      dispatch({ type: 'ticked', at: world.now() })
      if (!signal.aborted) schedule()
    })
  }
  schedule()
  signal.addEventListener('abort', () => cancel(), { once: true })
}

const pay = (state: Paying, context: WorkContext) => {
  context.world.tell.checkoutStarted(state.hold.order)
  countDown(state, context)
  const go = context.world.navigate ?? leavePage
  go(state.url)
}

/** Where the page turns out not to show it, the same order is paid on the gateway's page. */
const payHere = async (state: PayingHere, context: WorkContext): Promise<void> => {
  const { world, signal, dispatch } = context
  const refuse = (error: unknown) => {
    world.tell.failed(error)
    dispatch({ type: 'embedRefused' })
  }
  // An order of another page of the venue's, or the element went into a shadow root meanwhile.
  if (!canEmbed(world.embedIn)) return dispatch({ type: 'embedRefused' })
  countDown(state, context)
  try {
    const { showPayment } = await import('../payment/showPayment.ts')
    if (signal.aborted) return
    const onComplete = () => dispatch({ type: 'paidHere' })
    await showPayment(world.embedIn, state, { signal, onComplete, onRefused: refuse })
    if (!signal.aborted) world.tell.checkoutStarted(state.hold.order)
  } catch (error) {
    if (!signal.aborted) refuse(error)
  }
}

export const checkoutWork: Work = {
  ...choosingRules.work,
  refreshing: (_, context) => loadEvent(context),
  reserving: reserve,
  paying: pay,
  payingHere: payHere,
  finding: (state, context) => sync(state.token, context),
  held: countDown,
  extending: extend,
  resuming: resume,
  releasing: release,
  confirming: confirm,
  pending: watch,
  done: ({ mail, order }, context) => (mail === 'sending' ? resend(order.buyer.email, context) : undefined),
  resending: ({ step, buyer }, context) => (step === 'sending' ? resend(buyer.email.trim(), context) : undefined),
}
