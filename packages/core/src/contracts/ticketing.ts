import * as z from 'zod/mini'
import { currency, emailAddress, instant, line, money, page, uuid, webUrl } from './values.ts'

export const tierStatus = z.enum(['on_sale', 'not_started', 'ended', 'sold_out'])
export type TierStatus = z.infer<typeof tierStatus>

export const tier = z.object({
  id: uuid,
  name: z.string(),
  description: z.nullable(z.string()),
  price: money,
  status: tierStatus,
  /** Places left when this was read; advice, not a promise. */
  available: z.int(),
  maxPerOrder: z.int(),
  salesStartAt: z.nullable(instant),
  salesEndAt: z.nullable(instant),
})
export type Tier = z.infer<typeof tier>

export const eventStatus = z.enum(['scheduled', 'paused', 'cancelled'])
export type EventStatus = z.infer<typeof eventStatus>

export const venueEvent = z.object({
  id: uuid,
  name: z.string(),
  description: z.nullable(z.string()),
  location: z.nullable(z.string()),
  startsAt: instant,
  endsAt: z.nullable(instant),
  /** An IANA name, such as `America/Chicago`: the place's own time is what a visitor reads. */
  timeZone: z.string(),
  currency,
  status: eventStatus,
  /** The most places one order may hold, all tiers together. */
  maxPerOrder: z.int(),
  tiers: z.array(tier),
})
export type VenueEvent = z.infer<typeof venueEvent>

export const eventPage = page(venueEvent)

export const orderStatus = z.enum([
  'reserved',
  'expiring',
  'payment_pending',
  'fulfilled',
  'expired',
  'cancelled',
  'needs_review',
  'refund_due',
  'refunded',
])
export type OrderStatus = z.infer<typeof orderStatus>

export const ticket = z.object({
  id: uuid,
  /** The order line the ticket belongs to, and which of its places it is: both from 1. */
  line: z.int(),
  ordinal: z.int(),
  tierId: uuid,
  tierName: z.string(),
  status: z.enum(['valid', 'blocked', 'void']),
  /** What the door scans. Signed; a new `codeVersion` makes the old code worthless. */
  code: z.string(),
  codeVersion: z.int(),
})
export type Ticket = z.infer<typeof ticket>

export const orderItem = z.object({
  line: z.int(),
  tierId: uuid,
  tierName: z.string(),
  quantity: z.int(),
  unitPrice: money,
  total: money,
})
export type OrderItem = z.infer<typeof orderItem>

export const buyer = z.strictObject({ name: line(120), email: emailAddress })
export type Buyer = z.infer<typeof buyer>

export const order = z.object({
  id: uuid,
  eventId: uuid,
  status: orderStatus,
  items: z.array(orderItem),
  total: money,
  buyer: z.object({ name: z.string(), email: z.string() }),
  createdAt: instant,
  /** Until when the places are held; null once they are no longer a mere hold. */
  holdExpiresAt: z.nullable(instant),
  fulfilledAt: z.nullable(instant),
  /** Empty until the order is fulfilled. */
  tickets: z.array(ticket),
  /** The server's clock when it answered, for countdowns. */
  serverNow: instant,
})
export type Order = z.infer<typeof order>

/** How the buyer pays: by a page of the gateway's, in a frame of the gateway's, or not at all. */
export const checkout = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('redirect'), url: z.string() }),
  z.object({ kind: z.literal('embedded'), clientSecret: z.string(), publishableKey: z.string() }),
  z.object({ kind: z.literal('free') }),
])
export type Checkout = z.infer<typeof checkout>

/** Where the buyer pays: on the gateway's page, or in its frame on this one. */
const paymentUi = z.enum(['redirect', 'embedded'])
export type PaymentUi = z.infer<typeof paymentUi>

const campaignPart = z.optional(line(200))

/** Which campaign brought the buyer: the `utm_*` parameters of the page's address. */
export const attribution = z.strictObject({
  source: campaignPart,
  medium: campaignPart,
  campaign: campaignPart,
  term: campaignPart,
  content: campaignPart,
})
export type Attribution = z.infer<typeof attribution>

export const createOrderRequest = z.strictObject({
  eventId: uuid,
  items: z.array(z.strictObject({ tierId: uuid, quantity: z.int().check(z.minimum(1), z.maximum(1000)) })).check(
    z.minLength(1),
    z.maxLength(20),
    z.refine(items => new Set(items.map(item => item.tierId)).size === items.length, {
      error: 'each tier may appear on one line only: add the quantities up',
    }),
  ),
  buyer,
  /** Where the gateway sends the buyer back to; its origin must be one of the key's. */
  returnUrl: webUrl,
  /** The total the buyer was shown; another one is answered by `price_changed`. */
  expectedTotalMinor: z.optional(z.int().check(z.minimum(0))),
  /** A BCP 47 tag for the gateway's page and the mail. */
  locale: z.optional(z.string().check(z.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/), z.maxLength(35))),
  /** How the buyer would rather pay; the answer says how it is done. */
  payment: z.optional(paymentUi),
  /** Kept with the order for the host's own counting; nothing is decided by it. */
  attribution: z.optional(attribution),
})
export type CreateOrderRequest = z.infer<typeof createOrderRequest>

export const createOrderResponse = z.object({ order, orderToken: z.string(), checkout })
export type CreateOrderResponse = z.infer<typeof createOrderResponse>

/** Another way to pay than the live attempt's ends that one and begins a new; without a wish it stays as it was. */
export const resumeCheckoutQuery = z.strictObject({ payment: z.optional(paymentUi) })

export const checkoutResponse = z.object({ order, checkout })
export type CheckoutResponse = z.infer<typeof checkoutResponse>

export const orderResponse = z.object({ order })
export type OrderResponse = z.infer<typeof orderResponse>

/** A purchase in the shape of GA4's `purchase` event; `value` and `price` are decimals because GA4's are. */
export const purchase = z.object({
  transaction_id: uuid,
  currency,
  value: z.number(),
  items: z.array(
    z.object({
      item_id: uuid,
      item_name: z.string(),
      price: z.number(),
      quantity: z.int(),
    }),
  ),
})
export type Purchase = z.infer<typeof purchase>

export const syncOrderResponse = z.object({
  order,
  /** Given to the first caller who sees the order fulfilled, null to all others. */
  purchase: z.nullable(purchase),
})
export type SyncOrderResponse = z.infer<typeof syncOrderResponse>

export const resendTicketsRequest = z.strictObject({ eventId: uuid, email: emailAddress })
export type ResendTicketsRequest = z.infer<typeof resendTicketsRequest>
