import type { AuditFinding } from '../ports/auditFunctions.ts'
import type { KitContext } from './kitContext.ts'
import { type Repairer, type RepairRequest, type StepResult, subjectOf } from './repairStep.ts'
import { sendRefunds } from './sendRefunds.ts'

const takenOf = ({ numbers }: AuditFinding): number => Number(numbers.held) + Number(numbers.taken)

const setCapacity = async ({ database }: KitContext, finding: AuditFinding, actor: string): Promise<string> => {
  const { event_id, tier_id, pool_id } = subjectOf(finding)
  const capacity = takenOf(finding)
  const answer =
    tier_id === null
      ? await database.call('ticketing.set_pool_capacity', { event_id, pool_id: pool_id ?? '', capacity, actor })
      : await database.call('ticketing.set_tier_capacity', { event_id, tier_id, capacity, actor })
  return answer.outcome
}

const raise = async (context: KitContext, finding: AuditFinding, actor: string): Promise<StepResult> => {
  const outcome = await setCapacity(context, finding, actor)
  if (outcome === 'below_floor') return { outcome: 'waiting', detail: 'more was sold meanwhile: run it again' }
  if (outcome === 'not_found') return { outcome: 'nothing_to_repair', detail: 'it is not there any more' }
  await context.database.call('ticketing.record_repair', {
    ...subjectOf(finding),
    kind: 'capacity',
    actor,
    before: { capacity: finding.numbers.capacity ?? null },
    after: { capacity: takenOf(finding) },
  })
  return { outcome: 'repaired', detail: `its capacity is ${takenOf(finding)} now` }
}

/** Null where the ticket is not one of this tier or pool. */
const refundOne = async (
  context: KitContext,
  finding: AuditFinding,
  ticketId: string,
  actor: string,
): Promise<string | null> => {
  const { event_id, tier_id, pool_id } = subjectOf(finding)
  const ticket = await context.database.call('ticketing.get_ticket_order', { event_id, ticket_id: ticketId })
  if (ticket.outcome === 'not_found') return null
  if (tier_id === null ? ticket.poolId !== pool_id : ticket.tierId !== tier_id) return null
  const answer = await context.database.call('ticketing.request_refund', {
    event_id,
    order_id: ticket.orderId,
    refund_id: crypto.randomUUID(),
    payment_id: null,
    amount_minor: null,
    ticket_ids: [ticketId],
    actor,
    reason: 'oversold',
  })
  if (answer.outcome !== 'requested') return 'reason' in answer ? answer.reason : answer.outcome
  await context.database.call('ticketing.record_repair', {
    ...subjectOf(finding),
    order_id: ticket.orderId,
    kind: 'refund',
    actor,
    before: { ticketId, status: ticket.status },
    after: { ticketId, refundId: answer.refund.id },
  })
  return 'requested'
}

const refund = async (
  context: KitContext,
  finding: AuditFinding,
  ticketIds: readonly string[],
  actor: string,
): Promise<StepResult> => {
  const said: string[] = []
  for (const ticketId of ticketIds) {
    const outcome = await refundOne(context, finding, ticketId, actor)
    if (outcome !== null) said.push(`${ticketId}: ${outcome}`)
  }
  if (said.length === 0) return { outcome: 'needs_a_person', detail: 'none of the tickets is one of these' }
  await sendRefunds(context)
  const { event_id } = subjectOf(finding)
  const again = await context.database.call('ticketing.audit_event', { event_id })
  const left =
    again.outcome === 'audited'
      ? again.findings.find(
          ({ kind, tierId, poolId }) => kind === finding.kind && tierId === finding.tierId && poolId === finding.poolId,
        )
      : undefined
  const detail = said.join(', ')
  if (!left) return { outcome: 'repaired', detail }
  return said.some(text => text.endsWith('requested'))
    ? { outcome: 'waiting', detail: `${detail}; ${left.amount} too many until refunds have succeeded` }
    : { outcome: 'needs_a_person', detail }
}

const advice = 'decide: raise its capacity, or refund a ticket of it'

/** Never by itself: a person says which. */
export const repairOversold: Repairer = {
  advice,
  plan(finding, { oversold }: RepairRequest) {
    if (!oversold) return null
    if (oversold.kind === 'raise_capacity') return `raise the capacity to ${takenOf(finding)}`
    return `refund ${oversold.ticketIds.join(', ')}`
  },
  async mend(context, finding, { oversold, actor }) {
    if (!oversold) return { outcome: 'needs_a_person', detail: advice }
    if (oversold.kind === 'raise_capacity') return raise(context, finding, actor)
    return refund(context, finding, oversold.ticketIds, actor)
  },
}
