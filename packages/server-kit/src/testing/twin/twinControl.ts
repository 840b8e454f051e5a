import type Stripe from 'stripe'
import { declineNames, findDecline } from './cards.ts'
import { findCharge } from './charges.ts'
import {
  declineSession,
  defaultPayer,
  expireOverdue,
  expireSession,
  findSession,
  paySession,
  settleSession,
} from './checkout.ts'
import type { TwinClock } from './clock.ts'
import type { Delivery } from './delivery.ts'
import { closeDispute, createDispute, findDispute } from './disputes.ts'
import type { EndpointSettings } from './endpointSettings.ts'
import type { FaultInput, Faults, PendingFault } from './faults.ts'
import type { IdempotencyKeys } from './idempotency.ts'
import type { Payer } from './paymentMethods.ts'
import { createRefund, findRefund, settleRefund } from './refunds.ts'
import { badState, Refusal } from './refusal.ts'
import type { LoggedRequest, RequestLog } from './requestLog.ts'
import { clearState, type TwinState } from './state.ts'
import type { Webhooks } from './webhooks.ts'

/** A delivery as it can be looked at. */
export interface DeliveryReport extends Pick<Delivery, 'id' | 'form' | 'state' | 'attempts'> {
  eventId: string
  type: string
  /** ISO, by the twin's clock. */
  dueAt: string
}

const report = ({ id, form, state, attempts, event, dueAt }: Delivery): DeliveryReport => ({
  id,
  eventId: event.id,
  type: event.type,
  form,
  state,
  dueAt: new Date(dueAt).toISOString(),
  attempts: [...attempts],
})

/** What a buyer, a bank, a dashboard or bad luck does: in process here, over HTTP under `/_twin/`. */
export class TwinControl {
  readonly #state: TwinState
  readonly #faults: Faults
  readonly #keys: IdempotencyKeys
  readonly #log: RequestLog
  readonly #webhooks: Webhooks
  readonly #webhookSecret: string

  constructor(parts: {
    state: TwinState
    faults: Faults
    keys: IdempotencyKeys
    log: RequestLog
    webhooks: Webhooks
    webhookSecret: string
  }) {
    this.#state = parts.state
    this.#faults = parts.faults
    this.#keys = parts.keys
    this.#log = parts.log
    this.#webhooks = parts.webhooks
    this.#webhookSecret = parts.webhookSecret
  }

  /** The buyer pays. `method` other than `card` leaves it to `settlePayment`. Throws where the session is not open. */
  pay(sessionId: string, payer: { [Part in keyof Payer]?: Payer[Part] | undefined } = {}): Stripe.Checkout.Session {
    const record = this.#session(sessionId)
    paySession(this.#state, record, { ...defaultPayer(record), ...defined(payer) })
    return structuredClone(record.session)
  }

  /** The buyer's card is refused; the session stays open. */
  decline(sessionId: string, reason = 'generic_decline'): Stripe.Checkout.Session {
    const record = this.#session(sessionId)
    const decline = findDecline(reason)
    if (!decline) throw badState(`No such decline: '${reason}'; there are ${declineNames.join(', ')}.`)
    declineSession(this.#state, record, { ...defaultPayer(record), last4: '0002' }, decline)
    return structuredClone(record.session)
  }

  /** The buyer leaves: nothing changes at Stripe. Answers where the back link leads. */
  abandon(sessionId: string): { status: string | null; url: string | null } {
    const { session } = this.#session(sessionId)
    return { status: session.status, url: session.cancel_url }
  }

  /** The session runs out, as it would by itself at its end. */
  expire(sessionId: string): Stripe.Checkout.Session {
    const record = this.#session(sessionId)
    if (record.session.status !== 'open') throw badState(`This Checkout Session is \`${record.session.status}\`.`)
    expireSession(this.#state, record)
    return structuredClone(record.session)
  }

  /** A delayed payment arrives, or does not. */
  settlePayment(sessionId: string, succeeded: boolean): Stripe.Checkout.Session {
    const record = this.#session(sessionId)
    settleSession(this.#state, record, succeeded)
    return structuredClone(record.session)
  }

  /** A refund that nobody asked for through the API. */
  refundInDashboard(
    chargeId: string,
    request: {
      amount?: number | undefined
      reason?: 'duplicate' | 'fraudulent' | 'requested_by_customer' | undefined
    } = {},
  ): Stripe.Refund {
    return structuredClone(createRefund(this.#state, findCharge(this.#state, chargeId), request, 'succeeded'))
  }

  /** A refund ends; one that had succeeded may still fail. */
  settleRefund(refundId: string, succeeded: boolean): Stripe.Refund {
    const refund = findRefund(this.#state, refundId)
    settleRefund(this.#state, refund, succeeded ? 'succeeded' : 'failed')
    return structuredClone(refund)
  }

  dispute(
    chargeId: string,
    about: { reason?: string | undefined; inquiry?: boolean | undefined } = {},
  ): Stripe.Dispute {
    return structuredClone(createDispute(this.#state, findCharge(this.#state, chargeId), defined(about)))
  }

  closeDispute(disputeId: string, won: boolean): Stripe.Dispute {
    const dispute = findDispute(this.#state, disputeId)
    closeDispute(this.#state, dispute, won ? 'won' : 'lost')
    return structuredClone(dispute)
  }

  /** Throws a `Refusal` that says what is wrong with the input. */
  addFault(fault: FaultInput | unknown): PendingFault {
    try {
      return this.#faults.add(fault)
    } catch (error) {
      throw new Refusal(400, { type: 'invalid_request_error', message: error instanceof Error ? error.message : '' })
    }
  }

  faults(): PendingFault[] {
    return this.#faults.pending()
  }

  clearFaults() {
    this.#faults.clear()
    return { faults: [] }
  }

  /** As if a day had passed for the keys alone. */
  forgetKeys() {
    this.#keys.forgetAll()
    return { forgotten: true }
  }

  requests(): LoggedRequest[] {
    return this.#log.entries()
  }

  deliveries(): DeliveryReport[] {
    return this.#webhooks.deliveries().map(report)
  }

  resend(deliveryId: string): DeliveryReport {
    const delivery = this.#webhooks.resend(deliveryId)
    if (!delivery)
      throw new Refusal(404, { type: 'invalid_request_error', message: `No such delivery: '${deliveryId}'` })
    return report(delivery)
  }

  /** Waits until nothing is due or under way. */
  async settled() {
    await this.#webhooks.settled()
    return { deliveries: this.deliveries() }
  }

  /** Sends what still waits, retries included, and waits for the answers. */
  async flush() {
    await this.#webhooks.flush()
    return { deliveries: this.deliveries() }
  }

  /** Where events go from now on; `url: null` stops them. */
  setWebhook(webhook: {
    url: string | null
    secret?: string | undefined
    payload?: 'snapshot' | 'thin' | 'both' | undefined
  }) {
    const { url, secret = this.#webhookSecret, payload = 'snapshot' } = webhook
    this.#webhooks.endpoint = url === null ? null : { url, secrets: secret.split(','), payload }
    this.#webhooks.wake()
    return { url, payload }
  }

  /** What the API lists as the account's webhook endpoints, whatever is sent where; null lists where events go. */
  setEndpoints(settings: EndpointSettings[] | null) {
    this.#webhooks.settings = settings
  }

  clock() {
    return { now: new Date(this.#state.clock.now()).toISOString() }
  }

  /** Time passes: sessions run out, keys are forgotten, retries fall due. */
  async advance(milliseconds: number) {
    const clock: TwinClock = this.#state.clock
    await clock.advance(milliseconds)
    expireOverdue(this.#state)
    this.#webhooks.wake()
    return this.clock()
  }

  /** Forgets every object, key, fault, request and delivery. */
  reset() {
    clearState(this.#state)
    this.#keys.forgetAll()
    this.#faults.clear()
    this.#log.clear()
    this.#webhooks.clear()
    return { reset: true }
  }

  #session(id: string) {
    expireOverdue(this.#state)
    return findSession(this.#state, id)
  }
}

/** Leaves out what is undefined, so that it does not overwrite a default. */
const defined = <Value extends object>(value: Value) =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [Name in keyof Value]?: Exclude<Value[Name], undefined>
  }
