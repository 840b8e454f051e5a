import type { AlertRule } from './alertRule.ts'

const critical = 'critical'
const warning = 'warning'
const notice = 'notice'
const auditEvent = 'venuekit audit --event EVENT'
const showOrder = 'venuekit orders show ORDER'
const reconcile = 'venuekit reconcile'
const fact = {}
const one = { atLeast: 1 }

/** Every kind of alert, by its code. The runbook has a section of each, and a test holds it to this table. */
export const alertRules = {
  // An event, as `check-health` finds it; resolved by the look that finds it no more.
  ghost_reservations: {
    severity: critical,
    title: 'Ghost reservations',
    meaning: 'Places are counted as reserved that no order holds: nobody has them, and they cannot be sold.',
    command: auditEvent,
    threshold: one,
  },
  overdue_reservations: {
    severity: warning,
    title: 'Overdue reservations',
    meaning: 'Holds ended more than ten minutes ago and are still counted: their places cannot be sold.',
    command: 'venuekit job run expire-reservations --now',
    threshold: one,
  },
  paid_without_tickets: {
    severity: critical,
    title: 'Paid without tickets',
    meaning: 'Buyers have paid and do not have all of their tickets.',
    command: auditEvent,
    threshold: one,
  },
  free_without_tickets: {
    severity: critical,
    title: 'Free orders without tickets',
    meaning: 'Orders that cost nothing are fulfilled, and their tickets are not there.',
    command: auditEvent,
    threshold: one,
  },
  tickets_without_payment: {
    severity: warning,
    title: 'Tickets without a payment',
    meaning: 'Tickets admit, and no payment stands for them.',
    command: auditEvent,
    threshold: one,
  },
  oversold_tiers: {
    severity: critical,
    title: 'Oversold tier',
    meaning: 'More places of a tier are sold and held than it has.',
    command: auditEvent,
    threshold: one,
  },
  oversold_pools: {
    severity: critical,
    title: 'Oversold pool',
    meaning: 'The tiers of a pool have sold and hold more places than the pool has.',
    command: auditEvent,
    threshold: one,
  },
  counter_drift: {
    severity: critical,
    title: 'Drifted or negative availability',
    meaning: 'A counter says otherwise than the orders do: availability is wrong, or below zero.',
    command: auditEvent,
    threshold: one,
  },
  journal_drift: {
    severity: warning,
    title: 'Journal does not add up',
    meaning: 'The journal of places does not add up to its counter: something changed past the functions.',
    command: auditEvent,
    threshold: one,
  },
  line_drift: {
    severity: warning,
    title: 'Order lines count wrongly',
    meaning: 'Lines of orders count otherwise than their orders stand.',
    command: auditEvent,
    threshold: one,
  },
  stuck_refunds: {
    severity: warning,
    title: 'Stuck refunds',
    meaning: 'Money that is owed to buyers is not on its way: refunds not sent, not answered, or waiting for a person.',
    command: auditEvent,
    threshold: one,
  },
  waiting_reviews: {
    severity: notice,
    title: 'Reviews that wait',
    meaning: 'Orders or payments wait for a person to decide about them.',
    command: auditEvent,
    threshold: one,
  },
  unsent_messages: {
    severity: warning,
    title: 'Messages not sent',
    meaning:
      "Buyers' mails, or calls of the host's onFulfilled, were given up or have waited for a quarter of an hour.",
    command: auditEvent,
    threshold: one,
  },

  // Beside any event; resolved in the same way.
  dead_webhooks: {
    severity: critical,
    title: 'Webhooks given up',
    meaning: 'Gateway events were given up after twelve tries, or nobody has worked on them for a quarter of an hour.',
    command: 'venuekit webhooks list --status dead',
    threshold: one,
  },
  webhook_silence: {
    severity: critical,
    title: 'No webhooks',
    meaning: 'Checkouts have ended, and since they began the gateway has told of nothing: its webhooks do not arrive.',
    command: 'venuekit doctor',
    threshold: { afterSeconds: 900, endedAtLeast: 3 },
  },
  webhook_lag: {
    severity: warning,
    title: 'Webhooks late',
    meaning: 'Webhooks arrive late, or wait here before anybody works on them.',
    command: 'venuekit webhooks list --status pending',
    threshold: { olderThanSeconds: 300 },
  },
  signature_failures: {
    severity: critical,
    title: 'Webhooks with a wrong signature',
    meaning: 'Webhooks were refused: the signing secret is not the endpoint’s, or somebody else sends them.',
    command: 'venuekit doctor',
    threshold: { atLeast: 5, withinSeconds: 600 },
  },
  stale_jobs: {
    severity: critical,
    title: 'A job does not run',
    meaning: 'No run of the job has ended well for several of its periods.',
    command: 'venuekit job list',
    threshold: { periods: 3 },
  },
  backlog: {
    severity: warning,
    title: 'A queue does not get on',
    meaning: 'Webhooks, messages, refunds or alerts wait longer, or in greater number, than they should.',
    command: 'venuekit job list',
    threshold: { atLeast: 500, olderThanSeconds: 900 },
  },

  // What happened, told once.
  orphan_payment: {
    severity: critical,
    title: 'Payment without an order',
    meaning: 'A session was paid, and the order that it names is not here.',
    command: 'venuekit audit',
    threshold: fact,
  },
  payment_refund_due: {
    severity: notice,
    title: 'Paid too late',
    meaning: 'A payment came after its places were given back and sold: it goes back to the buyer by itself.',
    command: showOrder,
    threshold: fact,
  },
  payment_surplus: {
    severity: notice,
    title: 'Paid twice',
    meaning: 'A second payment of one order came: it goes back to the buyer by itself.',
    command: showOrder,
    threshold: fact,
  },
  payment_needs_review: {
    severity: warning,
    title: 'Payment to review',
    meaning: 'A payment does not fit its order, and nothing was issued: a person decides.',
    command: showOrder,
    threshold: fact,
  },
  refund_failed: {
    severity: warning,
    title: 'Refund failed',
    meaning: 'The gateway could not give money back.',
    command: showOrder,
    threshold: fact,
  },
  refund_failed_late: {
    severity: warning,
    title: 'Refund failed after it had succeeded',
    meaning: 'The bank sent a refund back: the buyer has neither the ticket nor the money.',
    command: showOrder,
    threshold: fact,
  },
  refund_needs_review: {
    severity: warning,
    title: 'Refund to review',
    meaning: 'A refund has failed too often, or does not fit its payment: a person decides.',
    command: showOrder,
    threshold: fact,
  },
  refunds_by_hand: {
    severity: notice,
    title: 'Money to give back by hand',
    meaning: 'A show was cancelled, and some of its orders were paid outside the gateway.',
    command: auditEvent,
    threshold: fact,
  },
  dispute_open: {
    severity: warning,
    title: 'Dispute opened',
    meaning: "A buyer's bank wants a payment back; evidence has a deadline.",
    command: showOrder,
    threshold: fact,
  },
  dispute_lost: {
    severity: notice,
    title: 'Dispute lost',
    meaning: 'The bank has taken a payment back.',
    command: showOrder,
    threshold: fact,
  },
  dispute_unknown: {
    severity: warning,
    title: 'Dispute in an unknown state',
    meaning: 'The gateway says something of a dispute that this version does not know.',
    command: showOrder,
    threshold: fact,
  },

  // What the comparison with the gateway found; resolved by the comparison in which both agree.
  comparison_failed: {
    severity: critical,
    title: 'Could not be compared',
    meaning:
      'The comparison with the gateway met an error at one thing, and went on behind it: nothing was mended there.',
    command: reconcile,
    threshold: fact,
  },
  payment_differs: {
    severity: warning,
    title: 'Payment differs',
    meaning: 'The gateway says another amount, currency or status of a payment than our record.',
    command: reconcile,
    threshold: fact,
  },
  payment_not_paid_at_gateway: {
    severity: critical,
    title: 'Not paid at the gateway',
    meaning: 'Our record says paid, and the gateway says that it is not.',
    command: reconcile,
    threshold: fact,
  },
  payment_not_at_gateway: {
    severity: critical,
    title: 'Payment unknown to the gateway',
    meaning: 'Our record names a payment that the gateway does not have.',
    command: reconcile,
    threshold: fact,
  },
  payment_record_lost: {
    severity: critical,
    title: 'Payment record lost',
    meaning: 'The gateway has a payment whose order is here, and whose record is not.',
    command: reconcile,
    threshold: fact,
  },
  payment_without_session: {
    severity: warning,
    title: 'Payment without a session',
    meaning: 'The gateway has a payment of ours that belongs to no checkout session.',
    command: reconcile,
    threshold: fact,
  },
  session_not_at_gateway: {
    severity: warning,
    title: 'Session unknown to the gateway',
    meaning: 'A delayed payment is under way here by a session that the gateway does not have.',
    command: reconcile,
    threshold: fact,
  },
  refund_differs: {
    severity: warning,
    title: 'Refund differs',
    meaning: 'The gateway says another amount or status of a refund than our record.',
    command: reconcile,
    threshold: fact,
  },
  refund_not_at_gateway: {
    severity: warning,
    title: 'Refund unknown to the gateway',
    meaning: 'Our record names a refund that the gateway does not have.',
    command: reconcile,
    threshold: fact,
  },
  dispute_not_at_gateway: {
    severity: warning,
    title: 'Dispute unknown to the gateway',
    meaning: 'Our record names a dispute that the gateway does not have.',
    command: reconcile,
    threshold: fact,
  },
} as const satisfies Record<string, AlertRule>

export type AlertCode = keyof typeof alertRules

export const isAlertCode = (code: string): code is AlertCode => Object.hasOwn(alertRules, code)
