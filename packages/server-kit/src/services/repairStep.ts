import type { AuditFinding } from '../ports/auditFunctions.ts'
import type { KitContext } from './kitContext.ts'

/** What a person decides about an oversold tier or pool: more room, or a ticket's money back. */
export type OversoldChoice = { kind: 'raise_capacity' } | { kind: 'refund'; ticketIds: readonly string[] }

export interface RepairRequest {
  /** Who asks for it, for the record. */
  actor: string
  /** Without it nothing changes: the steps are only planned. */
  apply?: boolean
  /** This event alone. */
  eventId?: string
  /** Without it an oversold tier stays as it is. */
  oversold?: OversoldChoice
  /** Aborted, no further step is begun; what is left is told as after any run. */
  signal?: AbortSignal
  /** Told after each step. */
  onStep?: (step: RepairStep) => void
}

export type StepOutcome =
  /** What a run that applies would do. */
  | 'planned'
  | 'repaired'
  /** It was well already. */
  | 'nothing_to_repair'
  /** Asked for, but the gateway has not spoken yet: run again later. */
  | 'waiting'
  /** Orders and tickets say more than the capacity. */
  | 'no_room'
  /** Nothing mends this by itself; `detail` says what a person can do. */
  | 'needs_a_person'
  | 'failed'

export interface StepResult {
  outcome: StepOutcome
  detail: string | null
}

export interface RepairStep extends StepResult {
  finding: AuditFinding
  /** What was, or would be, done. */
  action: string
}

/** A way to mend one kind of finding. */
export interface Repairer {
  /** In words, also for a dry run; null where nothing can be done by itself. */
  plan(finding: AuditFinding, request: RepairRequest): string | null
  mend(context: KitContext, finding: AuditFinding, request: RepairRequest): Promise<StepResult>
  /** What a person can do where there is no plan. */
  advice?: string
}

/** For the record's arguments, which are there for all findings of an event. */
export const subjectOf = ({ eventId, tierId, poolId, orderId }: AuditFinding) => {
  if (eventId === null) throw new Error('the finding belongs to no event')
  return { event_id: eventId, tier_id: tierId, pool_id: poolId, order_id: orderId }
}
