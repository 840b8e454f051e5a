import type Stripe from 'stripe'

/** Where each object of the API is fetched from. */
const collections: Record<string, string> = {
  charge: '/v1/charges',
  'checkout.session': '/v1/checkout/sessions',
  dispute: '/v1/disputes',
  payment_intent: '/v1/payment_intents',
  refund: '/v1/refunds',
}

export interface ThinEvent {
  id: string
  object: 'v2.core.event'
  type: string
  livemode: boolean
  /** ISO. */
  created: string
  reason?: { type: 'request'; request: { id: string; idempotency_key: string } }
  related_object: { id: string; type: string; url: string } | null
}

/** The event notification for a snapshot event: what happened to which object, and nothing of what it holds. */
export const toThinEvent = (event: Stripe.EventBase): ThinEvent => {
  const object = event.data.object as { id?: string; object?: string }
  const collection = collections[object.object ?? '']
  return {
    id: event.id,
    object: 'v2.core.event',
    type: `v1.${event.type}`,
    livemode: event.livemode,
    created: new Date(event.created * 1000).toISOString(),
    ...(event.request?.id && {
      reason: {
        type: 'request',
        request: { id: event.request.id, idempotency_key: event.request.idempotency_key ?? '' },
      },
    }),
    related_object:
      collection && object.id ? { id: object.id, type: object.object ?? '', url: `${collection}/${object.id}` } : null,
  }
}
