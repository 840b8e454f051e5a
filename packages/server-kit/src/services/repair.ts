import type { AuditFinding } from '../ports/auditFunctions.ts'
import { type AuditReport, audit, findingsOf } from './audit.ts'
import { checkEvent } from './checkHealth.ts'
import type { KitContext } from './kitContext.ts'
import { ProblemError } from './problemError.ts'
import { repairers } from './repairers.ts'
import type { Repairer, RepairRequest, RepairStep } from './repairStep.ts'

export interface RepairReport {
  /** True where nothing was changed. */
  dry: boolean
  /** In the order of work. */
  steps: RepairStep[]
  /** What a new audit finds afterwards; as before, where it was dry. */
  left: AuditReport
}

const idOf = ({ kind, eventId, tierId, poolId, orderId, subject }: AuditFinding): string =>
  [kind, eventId, tierId, poolId, orderId, subject].join(' ')

/** Raising a capacity makes room for a counter that had none, so it looks again; not for ever. */
const maximumPasses = 3

const withoutPlan = ({ advice }: Repairer): Pick<RepairStep, 'action' | 'outcome' | 'detail'> => ({
  action: 'none',
  outcome: 'needs_a_person',
  detail: advice ?? null,
})

const takeStep = async (
  context: KitContext,
  repairer: Repairer,
  finding: AuditFinding,
  request: RepairRequest,
): Promise<RepairStep> => {
  const action = repairer.plan(finding, request)
  if (action === null) return { finding, ...withoutPlan(repairer) }
  if (request.apply !== true) return { finding, action, outcome: 'planned', detail: null }
  try {
    return { finding, action, ...(await repairer.mend(context, finding, request)) }
  } catch (error) {
    context.log.error('a repair failed', { kind: finding.kind, eventId: finding.eventId, error: String(error) })
    return { finding, action, outcome: 'failed', detail: String(error) }
  }
}

const runPass = async (
  context: KitContext,
  findings: AuditFinding[],
  request: RepairRequest,
  steps: Map<string, RepairStep>,
): Promise<boolean> => {
  let repaired = false
  for (const [kind, repairer] of repairers) {
    for (const finding of findings.filter(found => found.kind === kind)) {
      const before = steps.get(idOf(finding))
      if (before && before.outcome !== 'no_room') continue
      if (request.signal?.aborted) return false
      const step = await takeStep(context, repairer, finding, request)
      steps.set(idOf(finding), step)
      request.onStep?.(step)
      repaired ||= step.outcome === 'repaired'
    }
  }
  return repaired
}

const checkActor = (actor: string): void => {
  if (actor.trim() === '' || actor.length > 120) {
    throw new ProblemError('invalid_request', { fields: { actor: 'say who repairs, in at most 120 characters' } })
  }
}

/**
 * Mends what an audit finds, through the functions that sell: ghosts and counters first, then missing tickets, lines
 * and overdue holds. Dry unless `apply`; what it changes is recorded with its actor; the second run finds nothing to do.
 * An oversold tier stays until `oversold` says what to do. Throws `invalid_request` without an actor.
 */
export const repair = async (context: KitContext, request: RepairRequest): Promise<RepairReport> => {
  checkActor(request.actor)
  const scope = request.eventId === undefined ? {} : { eventId: request.eventId }
  const steps = new Map<string, RepairStep>()
  let report = await audit(context, scope)
  const touched = new Set(findingsOf(report).map(({ eventId }) => eventId))
  if (request.apply !== true) {
    await runPass(context, findingsOf(report), request, steps)
    return { dry: true, steps: [...steps.values()], left: report }
  }
  for (let pass = 1; pass <= maximumPasses; pass++) {
    const repaired = await runPass(context, findingsOf(report), request, steps)
    report = await audit(context, scope)
    if (!repaired) break
  }
  for (const eventId of touched) if (eventId !== null) await checkEvent(context, eventId)
  return { dry: false, steps: [...steps.values()], left: report }
}
