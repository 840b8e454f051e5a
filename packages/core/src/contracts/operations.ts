import * as z from 'zod/mini'
import { eventStatus } from './ticketing.ts'
import { currency, instant, money, page, uuid, wholeNumberText } from './values.ts'

const moment = z.nullable(instant)

/** What a kind of trouble means, for the person who looks after it. */
const advised = z.object({
  /** Such as `ghost_reservations`; new ones may come. */
  kind: z.string(),
  /** `critical`: money or tickets are at stake now. `warning`: they will be. `notice`: a person decides, today. */
  severity: z.enum(['critical', 'warning', 'notice']),
  title: z.string(),
  meaning: z.string(),
  /** What to run first. */
  command: z.string(),
})

/** One part of a health: how much of it there is, and what it means. */
const healthPart = z.extend(advised, { amount: z.int() })
export type HealthPart = z.infer<typeof healthPart>

const operationsAlert = z.extend(advised, {
  fingerprint: z.string(),
  summary: z.string(),
  eventId: z.nullable(uuid),
  raisedAt: instant,
  /** When it was last found to be so. */
  seenAt: instant,
  seenCount: z.int(),
  resolvedAt: moment,
  amount: z.int(),
  /** A fact that was told of, and over at once. */
  once: z.boolean(),
  /** A sink has been told of it. */
  delivered: z.boolean(),
})
export type OperationsAlert = z.infer<typeof operationsAlert>

const operationsJob = z.object({
  name: z.string(),
  /** One of both: each so many seconds, or once a day from this time on, by the host's clock. */
  everySeconds: z.nullable(z.int()),
  dailyAt: z.nullable(z.string()),
  lastStartedAt: moment,
  lastFinishedAt: moment,
  lastGoodAt: moment,
  result: z.enum(['never', 'running', 'good', 'failed']),
  error: z.nullable(z.string()),
  due: z.boolean(),
  /** It has not ended well for too long. */
  stale: z.boolean(),
})
export type OperationsJob = z.infer<typeof operationsJob>

const queue = z.object({ waiting: z.int(), dead: z.int(), oldestWaitingAt: moment })

const operationsReconciliation = z.object({
  runId: uuid,
  status: z.enum(['running', 'finished']),
  /** The window that was compared. */
  from: instant,
  until: instant,
  startedAt: instant,
  finishedAt: moment,
  read: z.int(),
  mended: z.int(),
  flagged: z.int(),
  /** At most 20 of those that need a person. */
  findings: z.array(z.object({ kind: z.string(), subject: z.string() })),
})
export type OperationsReconciliation = z.infer<typeof operationsReconciliation>

/** Everything that a person on call looks at first, from what is kept: cheap enough to ask every few seconds. */
export const operations = z.object({
  /** The database's clock; an `ETag` of this answer leaves it out. */
  serverNow: instant,
  /** The host's, in which days begin. */
  timeZone: z.string(),
  state: z.enum(['well', 'attention']),
  /** Why the state is not `well`; the gravest first. */
  reasons: z.array(z.object({ kind: z.string(), amount: z.int() })),
  health: z.object({
    score: z.int(),
    parts: z.array(healthPart),
    events: z.int(),
    eventsWithFaults: z.int(),
    /** Never looked at, or not for longer than the job leaves it. */
    unchecked: z.int(),
    oldestCheckAt: moment,
  }),
  alerts: z.object({
    openCount: z.int(),
    /** At most 100, the newest first. */
    open: z.array(operationsAlert),
    /** The last 20. */
    resolved: z.array(operationsAlert),
  }),
  jobs: z.array(operationsJob),
  inbox: z.extend(queue, { orphanPayments: z.int(), lastHandledAt: moment }),
  outbox: z.extend(queue, { lastSentAt: moment }),
  refunds: z.object({ underWay: z.int(), needReview: z.int(), oldestAt: moment, amounts: z.array(money) }),
  reconciliation: z.nullable(operationsReconciliation),
  places: z.object({ capacity: z.int(), reserved: z.int(), issued: z.int() }),
})
export type Operations = z.infer<typeof operations>

const counted = { name: z.string(), capacity: z.int(), reserved: z.int(), issued: z.int() }

/** An event with what it sold and how the last look at it found it. */
export const operationsEvent = z.object({
  id: uuid,
  name: z.string(),
  status: eventStatus,
  startsAt: instant,
  timeZone: z.string(),
  currency,
  /** The show is over. */
  over: z.boolean(),
  capacity: z.int(),
  reserved: z.int(),
  issued: z.int(),
  tiers: z.array(z.object({ id: uuid, ...counted })),
  /** Null until `check-health` looked at it first. */
  health: z.nullable(z.object({ score: z.int(), parts: z.array(healthPart), checkedAt: instant })),
})
export type OperationsEvent = z.infer<typeof operationsEvent>

const operationsEventOrder = z.enum(['score', 'starts', 'sold', 'name'])
export type OperationsEventOrder = z.infer<typeof operationsEventOrder>

const operationsEventFilter = z.enum(['all', 'attention', 'coming', 'over'])
export type OperationsEventFilter = z.infer<typeof operationsEventFilter>

export const operationsEventQuery = z.strictObject({
  /** Words of the name, or an event's id. */
  search: z.optional(z.string().check(z.trim(), z.maxLength(200))),
  filter: z.optional(operationsEventFilter),
  order: z.optional(operationsEventOrder),
  cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(500))),
  limit: z.optional(wholeNumberText(1, 100)),
})

/** `total` counts all that fit, on this page and others. */
export const operationsEventPage = z.extend(page(operationsEvent), { total: z.int() })
export type OperationsEventPage = z.infer<typeof operationsEventPage>

/** One event, looked at here and now. */
export const operationsEventResponse = z.object({
  event: operationsEvent,
  pools: z.array(z.object({ id: uuid, ...counted })),
  /** At most 50 sentences on what was found. */
  findings: z.array(z.object({ kind: z.string(), sentence: z.string(), orderId: z.nullable(uuid) })),
})
export type OperationsEventResponse = z.infer<typeof operationsEventResponse>

const salesStep = z.enum(['minutes', 'hour', 'day'])
export type SalesStep = z.infer<typeof salesStep>

/** `minutes`: five of them. */
export const salesQuery = z.strictObject({ step: z.optional(salesStep), eventId: z.optional(uuid) })

const bucket = z.object({
  startsAt: instant,
  /** Tickets. */
  issued: z.int(),
  /** Places that refunds gave back. */
  returned: z.int(),
  /** Places reserved at the bucket's end. */
  reserved: z.int(),
  /** Money in, and money that went back to buyers. */
  taken: z.array(money),
  givenBack: z.array(money),
})
export type SalesBucket = z.infer<typeof bucket>

/** Sales and reservations over time, of all events or of one: every bucket is there, the last one still fills. */
export const sales = z.object({
  step: salesStep,
  timeZone: z.string(),
  reservedNow: z.int(),
  buckets: z.array(bucket),
})
export type Sales = z.infer<typeof sales>
