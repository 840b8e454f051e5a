import type { AuditFinding, FindingKind } from '../ports/auditFunctions.ts'
import { expireEvent, newExpiryReport } from './expireEvent.ts'
import type { KitContext } from './kitContext.ts'
import { repairOversold } from './repairOversold.ts'
import { type Repairer, type StepResult, subjectOf } from './repairStep.ts'

const counterOf = ({ tierId, poolId }: AuditFinding): string => (tierId === null ? `pool ${poolId}` : `tier ${tierId}`)

const orderOf = (finding: AuditFinding): { event_id: string; order_id: string } => {
  const { event_id, order_id } = subjectOf(finding)
  if (order_id === null) throw new Error('the finding names no order')
  return { event_id, order_id }
}

const answered = (outcome: StepResult['outcome'] | 'not_found', detail: string | null = null): StepResult =>
  outcome === 'not_found'
    ? { outcome: 'nothing_to_repair', detail: 'it is not there any more' }
    : { outcome, detail: outcome === 'no_room' ? 'the capacity is less than what was sold: decide that first' : detail }

/** What the counter will say, in the figures of each kind. */
const countersPlan: Partial<Record<FindingKind, (figures: AuditFinding['numbers']) => string>> = {
  ghost_reservations: ({ counted, held }) => `count ${held} places as reserved instead of ${counted}`,
  counter_drift: ({ held, taken }) => `count ${held} places as reserved and ${taken} as issued`,
  journal_drift: () => 'journal the difference between the truth and the sum of the journal',
}

const counters: Repairer = {
  advice:
    'compare the payment with the gateway: its amount, its disputes or its journal were changed past the functions',
  plan: finding =>
    finding.tierId === null && finding.poolId === null
      ? null
      : `${countersPlan[finding.kind]?.(finding.numbers) ?? 'count anew'} (${counterOf(finding)})`,
  async mend({ database }, finding, { actor }) {
    const { event_id, tier_id, pool_id } = subjectOf(finding)
    const { outcome } = await database.call('ticketing.repair_counter', { event_id, tier_id, pool_id, actor })
    return answered(outcome)
  },
}

const tickets: Repairer = {
  plan: ({ orderId }) => `issue the missing tickets of order ${orderId}`,
  async mend({ database }, finding, { actor }) {
    const answer = await database.call('ticketing.repair_tickets', { ...orderOf(finding), actor })
    if (answer.outcome === 'repaired') return answered('repaired', `${answer.issued} issued`)
    if (answer.outcome === 'skipped') return answered('nothing_to_repair', 'it shows no payment')
    if (answer.outcome !== 'nothing_to_repair') return answered(answer.outcome)
    return { outcome: 'needs_a_person', detail: `the completion answered ${answer.completion}: refund or review it` }
  },
}

const lines: Repairer = {
  advice:
    'its lines or what it costs were changed past the functions: put them back from a backup, or refund the order',
  plan: ({ orderId, numbers }) =>
    Number(numbers.misplacedLines) + Number(numbers.misreturnedPlaces) > 0 && numbers.status !== 'needs_review'
      ? `let the lines of order ${orderId} count as it stands`
      : null,
  async mend({ database }, finding, { actor }) {
    const { outcome } = await database.call('ticketing.repair_lines', { ...orderOf(finding), actor })
    return answered(outcome)
  },
}

/** Wrong in our records alone; of money that counts as gone back whole, or that went by hand, nobody here can know. */
const isRefundRecord = (numbers: AuditFinding['numbers']): boolean =>
  ['blockedTickets', 'neverDue', 'calledOff'].some(name => name in numbers) ||
  ('openMinor' in numbers && numbers.paidBy === 'gateway' && numbers.status !== 'refunded')

/** What a payment or a ticket says of refunds is set from their rows; a refund itself is the gateway's and a person's. */
const refunds: Repairer = {
  advice: 'look the refund up at the gateway; the job send-refunds tries what can be tried again',
  plan: ({ orderId, numbers }) =>
    isRefundRecord(numbers) ? `let the payments and tickets of order ${orderId} say what its refunds say` : null,
  async mend({ database }, finding, { actor }) {
    const { outcome } = await database.call('ticketing.repair_refunds', { ...orderOf(finding), actor })
    return outcome === 'no_room'
      ? { outcome: 'needs_a_person', detail: 'its refunds are more than was paid: compare them with the gateway' }
      : answered(outcome)
  },
}

const holding: readonly string[] = ['reserved', 'expiring', 'payment_pending']

/** A hold whose end lies too far off is never due: it is let go as if its buyer did. */
const endFarHold = async (context: KitContext, order: { event_id: string; order_id: string }): Promise<void> => {
  const { outcome } = await context.database.call('ticketing.cancel_order', { ...order, reason: 'hold_ended' })
  if (outcome === 'expiring') await expireEvent(context, order.event_id, newExpiryReport())
}

/** By the fence: the gateway ends the session first, and what was paid is completed instead. */
const overdue: Repairer = {
  plan: ({ orderId }) => `end the hold of order ${orderId}, once the gateway says that it cannot be paid any more`,
  async mend(context, finding, { actor }) {
    const order = orderOf(finding)
    await expireEvent(context, order.event_id, newExpiryReport())
    if (Number(finding.numbers.minutesOverdue) === 0) await endFarHold(context, order)
    const answer = await context.database.call('ticketing.get_order', order)
    if (answer.outcome === 'not_found') return answered('not_found')
    const { status } = answer.order
    if (holding.includes(status)) return { outcome: 'waiting', detail: `it is still ${status}: the gateway decides` }
    await context.database.call('ticketing.record_repair', {
      ...order,
      kind: 'overdue',
      actor,
      tier_id: null,
      pool_id: null,
      before: { status: finding.numbers.status ?? null },
      after: { status },
    })
    return { outcome: 'repaired', detail: `it is ${status} now` }
  },
}

const byAPerson = (advice: string): Repairer => ({
  advice,
  plan: () => null,
  mend: async () => ({ outcome: 'needs_a_person', detail: advice }),
})

/** In the order of work: ghosts first, for missing tickets may need their places. */
export const repairers: readonly [FindingKind, Repairer][] = [
  ['ghost_reservations', counters],
  ['counter_drift', counters],
  ['journal_drift', counters],
  ['paid_without_tickets', tickets],
  ['free_without_tickets', tickets],
  ['line_drift', lines],
  ['overdue_reservations', overdue],
  ['oversold_tiers', repairOversold],
  ['oversold_pools', repairOversold],
  [
    'tickets_without_payment',
    byAPerson('reconcile with the gateway: the payment may be found there; else void or keep the tickets by hand'),
  ],
  ['stuck_refunds', refunds],
  [
    'waiting_reviews',
    byAPerson("decide the order's review: fulfil it or refund it; refund a payment of another order"),
  ],
  ['unsent_messages', byAPerson('look at the mail server; the job send-messages tries what can be tried again')],
  ['dead_webhooks', byAPerson('mend what its last error names, then replay the event')],
  ['orphan_payments', byAPerson('refund the payment at the gateway, or find its order')],
]
