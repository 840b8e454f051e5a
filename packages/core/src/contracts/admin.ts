import * as z from 'zod/mini'
import { post } from './feed.ts'
import { eventStatus, order, tier, venueEvent } from './ticketing.ts'
import { currency, emailAddress, instant, line, money, page, uuid } from './values.ts'

const amountMinor = z.int().check(z.minimum(0), z.maximum(99_999_999))
const capacity = z.int().check(z.minimum(0), z.maximum(10_000_000))
const text = (maximum: number) => z.string().check(z.maxLength(maximum))

/** Who did it, for the record: a person or a system of the host's. */
export const actor = line(120)

/** A tier as the host sees it, with its counters. */
export const adminTier = z.extend(tier, {
  poolId: z.nullable(uuid),
  capacity: z.int(),
  reserved: z.int(),
  issued: z.int(),
})
export type AdminTier = z.infer<typeof adminTier>

export const adminPool = z.object({
  id: uuid,
  name: z.string(),
  capacity: z.int(),
  reserved: z.int(),
  issued: z.int(),
})
export type AdminPool = z.infer<typeof adminPool>

export const adminEvent = z.extend(venueEvent, { tiers: z.array(adminTier), pools: z.array(adminPool) })
export type AdminEvent = z.infer<typeof adminEvent>

export const adminEventResponse = z.object({ event: adminEvent })
export const adminEventPage = page(adminEvent)

export const newTier = z.strictObject({
  id: uuid,
  name: line(120),
  description: z.optional(z.nullable(text(2000))),
  priceMinor: amountMinor,
  capacity,
  maxPerOrder: z.optional(z.int().check(z.minimum(1), z.maximum(1000))),
  salesStartAt: z.optional(z.nullable(instant)),
  salesEndAt: z.optional(z.nullable(instant)),
  poolId: z.optional(z.nullable(uuid)),
})
export type NewTier = z.infer<typeof newTier>

export const newPool = z.strictObject({ id: uuid, name: line(120), capacity })

export const newEvent = z.strictObject({
  id: uuid,
  venueId: uuid,
  name: line(200),
  description: z.optional(z.nullable(text(5000))),
  location: z.optional(z.nullable(line(200))),
  startsAt: instant,
  endsAt: z.optional(z.nullable(instant)),
  timeZone: line(64),
  currency,
  maxPerOrder: z.optional(z.int().check(z.minimum(1), z.maximum(1000))),
  maxHoldSeconds: z.optional(z.int().check(z.minimum(1800), z.maximum(86_400))),
  delayedPayments: z.optional(z.boolean()),
  /** How long a delayed payment keeps its places, 14 days by default. */
  maxPendingSeconds: z.optional(z.int().check(z.minimum(3600), z.maximum(7_776_000))),
  pools: z.optional(z.array(newPool).check(z.maxLength(50))),
  tiers: z.array(newTier).check(z.maxLength(100)),
})
export type NewEvent = z.infer<typeof newEvent>

export const eventChange = z.strictObject({
  name: z.optional(line(200)),
  description: z.optional(z.nullable(text(5000))),
  location: z.optional(z.nullable(line(200))),
  startsAt: z.optional(instant),
  endsAt: z.optional(z.nullable(instant)),
  maxPerOrder: z.optional(z.int().check(z.minimum(1), z.maximum(1000))),
  actor,
})

export const tierChange = z.strictObject({
  name: z.optional(line(120)),
  description: z.optional(z.nullable(text(2000))),
  priceMinor: z.optional(amountMinor),
  maxPerOrder: z.optional(z.int().check(z.minimum(1), z.maximum(1000))),
  salesStartAt: z.optional(z.nullable(instant)),
  salesEndAt: z.optional(z.nullable(instant)),
  /** Fixed once something was sold from the tier. */
  poolId: z.optional(z.nullable(uuid)),
  actor,
})

export const capacityChange = z.strictObject({ capacity, actor })

const orderLines = z
  .array(z.strictObject({ tierId: uuid, quantity: z.int().check(z.minimum(1), z.maximum(1000)) }))
  .check(
    z.minLength(1),
    z.maxLength(20),
    z.refine(items => new Set(items.map(item => item.tierId)).size === items.length, {
      error: 'each tier may appear on one line only: add the quantities up',
    }),
  )

/** A gift by the house: tickets without money. */
export const newComp = z.strictObject({
  items: orderLines,
  buyer: z.strictObject({ name: line(120), email: emailAddress }),
  actor,
  note: z.optional(text(500)),
})

/** A sale at the door, paid outside the gateway. */
export const newDoorSale = z.strictObject({
  items: orderLines,
  buyer: z.strictObject({ name: line(120), email: emailAddress }),
  actor,
  method: z.enum(['cash', 'card', 'other']),
  amountMinor,
  reference: z.optional(text(200)),
})

export const adminPayment = z.object({
  id: uuid,
  kind: z.enum(['gateway', 'external']),
  status: z.enum(['applied', 'surplus', 'refund_due', 'refunded', 'needs_review']),
  amount: money,
  refunded: money,
  /** What a buyer's bank holds of it, or took for good. */
  disputed: money,
  gatewayObjectId: z.nullable(z.string()),
  /** Why it is not simply applied. */
  reason: z.nullable(z.string()),
  receivedAt: instant,
})
export type AdminPayment = z.infer<typeof adminPayment>

export const adminRefund = z.object({
  id: uuid,
  paymentId: uuid,
  status: z.string(),
  amount: money,
  ticketIds: z.array(uuid),
  gatewayRefundId: z.nullable(z.string()),
  /** Who wanted it: an admin, the kit itself, a cancelled show, or somebody at the gateway. */
  origin: z.string(),
  actor: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  requestedAt: instant,
})
export type AdminRefund = z.infer<typeof adminRefund>

const source = z.string()

export const adminOrder = z.extend(order, {
  payments: z.array(adminPayment),
  refunds: z.array(adminRefund),
  reviewReason: z.nullable(z.string()),
  /** Which campaign brought the buyer, as far as the page said. */
  attribution: z.nullable(
    z.partial(z.object({ source, medium: source, campaign: source, term: source, content: source })),
  ),
})
export type AdminOrder = z.infer<typeof adminOrder>

export const adminOrderResponse = z.object({ order: adminOrder })
export const adminOrderPage = page(adminOrder)

export const reviewDecision = z.strictObject({
  decision: z.enum(['fulfil', 'refund']),
  actor,
  note: z.optional(text(500)),
})

/**
 * By ticket: voids what it pays back. By money: leaves the tickets, unless it pays all that is left. With neither:
 * all that is left, and the tickets with it.
 */
export const newRefund = z
  .strictObject({
    refundId: uuid,
    paymentId: z.optional(uuid),
    amountMinor: z.optional(z.int().check(z.minimum(1))),
    ticketIds: z.optional(z.array(uuid).check(z.minLength(1), z.maxLength(1000))),
    actor,
    reason: z.optional(text(500)),
  })
  .check(
    z.refine(body => body.amountMinor === undefined || body.ticketIds === undefined, {
      error: 'refund by amountMinor or by ticketIds, not both',
    }),
  )

export const refundResponse = z.object({ refunds: z.array(adminRefund), order: adminOrder })

/** Zero is perfect; each part counts what is wrong. */
export const health = z.object({ score: z.int(), parts: z.record(z.string(), z.int()) })
export const eventHealth = z.extend(health, { eventId: uuid, status: eventStatus })

export const newFeed = z.strictObject({ id: uuid, venueId: uuid, name: line(120) })
export type NewFeed = z.infer<typeof newFeed>

export const adminFeed = z.object({
  id: uuid,
  venueId: uuid,
  name: z.string(),
  createdAt: instant,
  /** Reported posts that wait for a decision. */
  openReports: z.int(),
})
export type AdminFeed = z.infer<typeof adminFeed>

export const adminFeedResponse = z.object({ feed: adminFeed })
export const adminFeedPage = page(adminFeed)

const feedReport = z.object({
  id: uuid,
  reporter: z.object({ id: z.string(), name: z.string() }),
  reason: z.string(),
  note: z.nullable(z.string()),
  reportedAt: instant,
  resolvedAt: z.nullable(instant),
})

/** A post that viewers reported, and what was decided. A kept post that another viewer reports is open again. */
export const reportedPost = z.object({
  post,
  deletedAt: z.nullable(instant),
  /** The author's or moderator's id, or the actor who resolved the reports. */
  deletedBy: z.nullable(z.string()),
  status: z.enum(['open', 'resolved']),
  openedAt: instant,
  reportCount: z.int(),
  /** The latest hundred, latest first. */
  reports: z.array(feedReport),
  resolution: z.nullable(
    z.object({
      decision: z.enum(['keep', 'remove']),
      actor: z.string(),
      note: z.nullable(z.string()),
      resolvedAt: instant,
    }),
  ),
})
export type ReportedPost = z.infer<typeof reportedPost>

export const reportPage = page(reportedPost)
export const reportResponse = z.object({ report: reportedPost })
export const reportDecision = z.strictObject({
  decision: z.enum(['keep', 'remove']),
  actor,
  note: z.optional(text(500)),
})
