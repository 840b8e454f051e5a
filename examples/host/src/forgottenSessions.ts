import { type CheckoutSession, GatewayError, type PaymentGateway } from '@venuekit/server-kit'

/**
 * The twin keeps its sessions in memory, the demo's data outlives it. What it has forgotten can never be paid any
 * more, so it counts as expired and the places go back. (Of real Stripe that must never be said: there an unknown
 * session is a wrong key or a wrong account, and the hold stays.)
 */
export const withForgottenSessions = (gateway: PaymentGateway): PaymentGateway => {
  const read = async (sessionId: string, call: () => Promise<CheckoutSession>) => {
    try {
      return await call()
    } catch (error) {
      if (error instanceof GatewayError && error.kind === 'not_found') return forgotten(sessionId)
      throw error
    }
  }
  const own: Partial<PaymentGateway> = {
    getSession: id => read(id, () => gateway.getSession(id)),
    expireSession: id => read(id, () => gateway.expireSession(id)),
  }
  return new Proxy(gateway, {
    get: (target, name: keyof PaymentGateway) => {
      const value = own[name] ?? target[name]
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

const forgotten = (id: string): CheckoutSession => ({
  id,
  status: 'expired',
  paymentStatus: 'unpaid',
  amountTotalMinor: 0,
  currency: 'USD',
  mode: 'test',
  url: null,
  clientSecret: null,
  expiresAt: 0,
  paymentIntentId: null,
  eventId: null,
  orderId: null,
  attemptId: null,
})
