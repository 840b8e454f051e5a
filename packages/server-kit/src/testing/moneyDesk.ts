import {
  type AdminOrder,
  adminEventResponse,
  adminOrderResponse,
  type CreateOrderResponse,
  refundResponse,
} from '@venuekit/core/contracts'
import type { HttpAnswer } from './httpCaller.ts'
import type { TestKit } from './startTestKit.ts'
import { testSecrets } from './testSecrets.ts'

type Placed = Pick<CreateOrderResponse, 'order'>

/** What the host does about money, by the API, and how it is then. */
export interface MoneyDesk {
  /** Of all that is left unless told otherwise; under a new id unless given one. */
  refund(placed: Placed, request?: Record<string, unknown>): Promise<HttpAnswer>
  refunded(placed: Placed, request?: Record<string, unknown>): Promise<AdminOrder>
  review(placed: Placed, decision: 'fulfil' | 'refund'): Promise<HttpAnswer>
  cancelEvent(eventId: string): Promise<HttpAnswer>
  order(placed: Placed): Promise<AdminOrder>
  /** The counters of the event's first tier. */
  counters(eventId: string): Promise<{ reserved: number | undefined; issued: number | undefined }>
  /** Resolves when webhooks are delivered and nothing is left to do in the background. */
  settled(): Promise<void>
  /** What Stripe was asked to refund, one entry a request that reached it. */
  refundRequests(): { idempotencyKey: string | null; status: number | null }[]
  /** The charge that the order's first payment is. */
  chargeOf(placed: Placed): Promise<string>
}

export const createMoneyDesk = (stage: TestKit): MoneyDesk => {
  const [bearer] = testSecrets.adminKeys
  const admin = (method: string, path: string, body?: unknown) =>
    stage.call(method, `/v1/admin${path}`, {
      key: null,
      origin: null,
      bearer,
      idempotencyKey: crypto.randomUUID(),
      ...(body !== undefined && { body }),
    })
  const pathOf = ({ order }: Placed) => `/events/${order.eventId}/orders/${order.id}`

  const faultsLeft = () => stage.twin.control.faults().reduce((sum, { remaining }) => sum + remaining, 0)

  /** The twin's faults are meant for the kit: where this request spends one, it is made again. */
  const askTwin = async <Answer>(path: string): Promise<Answer> => {
    const before = faultsLeft()
    const headers = { authorization: `Bearer ${stage.twin.secretKey}` }
    const answer = await fetch(`${stage.twin.url}${path}`, { headers }).catch(() => null)
    if (answer?.ok) return answer.json()
    if (faultsLeft() < before) return askTwin(path)
    throw new Error(`The twin answered ${path} with ${answer?.status ?? 'nothing'}.`)
  }

  const desk: MoneyDesk = {
    refund: (placed, request = {}) =>
      admin('POST', `${pathOf(placed)}/refunds`, { refundId: crypto.randomUUID(), actor: 'Ida', ...request }),
    async refunded(placed, request) {
      ;(await desk.refund(placed, request)).read(refundResponse)
      await desk.settled()
      return desk.order(placed)
    },
    review: (placed, decision) => admin('POST', `${pathOf(placed)}/review`, { decision, actor: 'Ida' }),
    cancelEvent: eventId => admin('POST', `/events/${eventId}/cancel`, { actor: 'Ida', reason: 'The band is ill' }),
    order: async placed => (await admin('GET', pathOf(placed))).read(adminOrderResponse).order,
    async counters(eventId) {
      const { event } = (await admin('GET', `/events/${eventId}`)).read(adminEventResponse)
      const { reserved, issued } = event.tiers[0] ?? {}
      return { reserved, issued }
    },
    async settled() {
      await stage.kit.drain()
      await stage.twin.control.settled()
      await stage.kit.drain()
    },
    refundRequests: () =>
      stage.twin.control
        .requests()
        .filter(({ method, path }) => method === 'POST' && path === '/v1/refunds')
        .map(({ idempotencyKey, status }) => ({ idempotencyKey, status })),
    async chargeOf(placed) {
      const [payment] = (await desk.order(placed)).payments
      const { data } = await askTwin<{ data: { id: string }[] }>(
        `/v1/charges?payment_intent=${payment?.gatewayObjectId}`,
      )
      return data[0]?.id ?? ''
    },
  }
  return desk
}
