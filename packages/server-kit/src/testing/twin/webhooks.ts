import type Stripe from 'stripe'
import type { TwinClock } from './clock.ts'
import { type Delivery, type DeliveryFetch, sendDelivery, type WebhookEndpoint } from './delivery.ts'
import type { EndpointSettings } from './endpointSettings.ts'
import { deliveryFaults, type Faults } from './faults.ts'
import { createId } from './ids.ts'
import { toThinEvent } from './thinEvent.ts'

export interface WebhookOptions {
  clock: TwinClock
  faults: Faults
  /** Null sends nothing; `endpoint` may be set later, when the listener's address is known. */
  endpoint: WebhookEndpoint | null
  /** Waits between tries, in milliseconds; after the last of them a delivery is given up. */
  retryDelaysMs: readonly number[]
  timeoutMs: number
  fetch: DeliveryFetch
}

/** Events in the order they happened, one after another; copies of one leave together; retries until 2xx. */
export class Webhooks {
  endpoint: WebhookEndpoint | null
  /** What the API lists instead of where events go; null lists that. */
  settings: EndpointSettings[] | null = null
  readonly #options: WebhookOptions
  #history: Delivery[] = []
  /** Waiting, held and under way. */
  #open: Delivery[] = []
  #pumping: Promise<void> | null = null
  #timer: NodeJS.Timeout | null = null
  #closed = false

  constructor(options: WebhookOptions) {
    this.#options = options
    this.endpoint = options.endpoint
  }

  enqueue(event: Stripe.EventBase): void {
    if (!this.endpoint || this.#closed) return
    const { payload } = this.endpoint
    event.pending_webhooks = 1
    for (const form of ['snapshot', 'thin'] as const) if (payload === form || payload === 'both') this.#add(event, form)
    this.wake()
  }

  listed(): EndpointSettings[] {
    return this.settings ?? (this.endpoint ? [{ url: this.endpoint.url }] : [])
  }

  deliveries(): Delivery[] {
    return [...this.#history]
  }

  /** Sends a delivery again, whatever became of it; null where there is none of that id. */
  resend(id: string): Delivery | null {
    const delivery = this.#history.find(candidate => candidate.id === id)
    if (!delivery) return null
    if (!this.#open.includes(delivery)) this.#open.push(delivery)
    if (delivery.state !== 'sending') Object.assign(delivery, { state: 'waiting', dueAt: this.#now() })
    this.wake()
    return delivery
  }

  /** Resolves once nothing is due or under way; retries that lie ahead are not waited for. */
  async settled(): Promise<void> {
    this.wake()
    while (this.#pumping) await this.#pumping
  }

  /** Sends everything that still waits, retries and held ones too, and waits for the answers. */
  async flush(): Promise<void> {
    this.#release()
    for (const delivery of this.#open) delivery.dueAt = Math.min(delivery.dueAt, this.#now())
    await this.settled()
  }

  /** Looks whether something is due; whoever advances the clock calls it. */
  wake(): void {
    if (this.#pumping || this.#closed) return
    if (!this.endpoint || this.#due().length === 0) {
      this.#schedule()
      return
    }
    this.#pumping = this.#pump().finally(() => {
      this.#pumping = null
      this.#schedule()
    })
  }

  clear(): void {
    this.#history = []
    this.#open = []
  }

  /** Finishes what is due or under way, then stops; later retries are never made. */
  async close(): Promise<void> {
    await this.settled()
    this.#closed = true
    if (this.#timer) clearTimeout(this.#timer)
  }

  #now(): number {
    return this.#options.clock.now()
  }

  #add(event: Stripe.EventBase, form: 'snapshot' | 'thin'): void {
    const { faults } = this.#options
    const fault = faults.take(deliveryFaults, { type: event.type })
    const states = { drop: 'dropped', reorder: 'held', duplicate: 'waiting', delay: 'waiting' } as const
    const state = fault ? states[fault.kind] : 'waiting'
    const payload = JSON.stringify(form === 'thin' ? toThinEvent(event) : event, null, 2)
    const dueAt = this.#now() + (fault?.kind === 'delay' ? fault.delayMs : 0)
    for (let copy = fault?.kind === 'duplicate' ? fault.copies : 1; copy > 0; copy -= 1) {
      const delivery: Delivery = { id: createId('whd'), event, form, payload, state, dueAt, attempts: [] }
      this.#history.push(delivery)
      if (state !== 'dropped') this.#open.push(delivery)
    }
    if (state === 'held' && !faults.pending().some(other => other.kind === 'reorder')) this.#release()
  }

  /** Lets the held ones go, last first. */
  #release(): void {
    const held = this.#open.filter(delivery => delivery.state === 'held').reverse()
    for (const delivery of held) Object.assign(delivery, { state: 'waiting', dueAt: this.#now() })
    this.#open = [...this.#open.filter(delivery => !held.includes(delivery)), ...held]
  }

  #due(): Delivery[] {
    const now = this.#now()
    return this.#open.filter(delivery => delivery.state === 'waiting' && delivery.dueAt <= now)
  }

  async #pump(): Promise<void> {
    // Yields once, so that the burst of events of one payment is queued whole before the first leaves.
    await Promise.resolve()
    for (let due = this.#due(); due.length > 0; due = this.#due()) {
      const first = due.reduce((earliest, delivery) => (delivery.dueAt < earliest.dueAt ? delivery : earliest))
      const copies = due.filter(delivery => delivery.event === first.event && delivery.form === first.form)
      await Promise.all(copies.map(delivery => this.#attempt(delivery)))
    }
  }

  async #attempt(delivery: Delivery): Promise<void> {
    if (!this.endpoint) return
    delivery.state = 'sending'
    const attempt = await sendDelivery(delivery, this.endpoint, this.#options)
    delivery.attempts.push(attempt)
    const delivered = attempt.status !== null && attempt.status >= 200 && attempt.status < 300
    const delay = this.#options.retryDelaysMs[delivery.attempts.length - 1]
    if (!delivered && delay !== undefined) {
      Object.assign(delivery, { state: 'waiting', dueAt: this.#now() + delay })
      return
    }
    delivery.state = delivered ? 'delivered' : 'given_up'
    this.#open = this.#open.filter(other => other !== delivery)
    if (delivered) delivery.event.pending_webhooks = 0
  }

  #schedule(): void {
    if (this.#timer) clearTimeout(this.#timer)
    const times = this.#open.filter(delivery => delivery.state === 'waiting').map(delivery => delivery.dueAt)
    if (this.#closed || !this.endpoint || times.length === 0) return
    const wait = Math.max(0, times.reduce((least, time) => Math.min(least, time)) - this.#now())
    this.#timer = setTimeout(() => this.wake(), Math.min(wait, 60_000)).unref()
  }
}
