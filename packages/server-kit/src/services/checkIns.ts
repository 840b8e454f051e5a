import type { TicketClaims } from '@venuekit/core/check-in'
import type { CheckInResponse, NewCheckIn } from '@venuekit/core/contracts'
import type { KitContext } from './kitContext.ts'
import { ProblemError } from './problemError.ts'

/** `busy`: its order is in use, and nobody wanted to wait for it. */
type ToldScan = CheckInResponse | { nonce: string; outcome: 'nonce_reused' } | { nonce: string; outcome: 'busy' }

interface Patience {
  patient: boolean
}

/** A refusal that is no row: it follows from the code alone. */
const refused = (
  { nonce, at }: NewCheckIn,
  outcome: CheckInResponse['outcome'],
  more: Partial<CheckInResponse> = {},
): CheckInResponse => ({
  nonce,
  outcome,
  reason: null,
  conflict: at !== undefined,
  ticket: null,
  admission: null,
  event: null,
  ...more,
})

const nameOf = async ({ database }: KitContext, eventId: string): Promise<string | null> => {
  const found = await database.call('ticketing.get_admin_event', { event_id: eventId })
  return found.outcome === 'found' ? found.event.name : null
}

const record = async (
  { database }: KitContext,
  scan: NewCheckIn,
  { claims, patient }: Patience & { claims: TicketClaims },
): Promise<ToldScan> => {
  const answer = await database.call('ticketing.check_in', {
    event_id: scan.eventId,
    nonce: scan.nonce,
    ticket_id: claims.ticketId,
    code_version: claims.codeVersion,
    gate: scan.gate ?? null,
    device: scan.device ?? null,
    scanned_at: scan.at ?? null,
    patient,
  })
  if (answer.outcome === 'unknown') return refused(scan, 'unknown')
  if (answer.outcome === 'nonce_reused' || answer.outcome === 'busy') return { nonce: scan.nonce, ...answer }
  return answer
}

/** What becomes of a scan: each thing that may happen at a door is an outcome. */
export const tellScan = async (context: KitContext, scan: NewCheckIn, { patient }: Patience): Promise<ToldScan> => {
  const verdict = await context.ticketCodes.verify(scan.code)
  if (!verdict.genuine) return refused(scan, 'invalid_code', { reason: verdict.fault })
  const { claims } = verdict
  if (claims.eventId === scan.eventId) return record(context, scan, { claims, patient })
  const event = { id: claims.eventId, name: await nameOf(context, claims.eventId) }
  return refused(scan, 'wrong_event', { event })
}

/**
 * Tells a door whether to open. All that may happen there is an outcome; the same nonce is told the same again. Throws
 * `idempotency_conflict` where the nonce stands for another code.
 */
export const createCheckIn = async (context: KitContext, scan: NewCheckIn): Promise<CheckInResponse> => {
  const told = await tellScan(context, scan, { patient: true })
  if (told.outcome === 'busy') throw new ProblemError('busy', { retryAfterMs: 1000 })
  if (told.outcome === 'nonce_reused') {
    throw new ProblemError('idempotency_conflict', { detail: 'This nonce stands for another scan: make a new one.' })
  }
  return told
}

/** Idempotent. Throws `not_found`, and `conflict` where that scan admitted nobody. */
export const undoCheckIn = async (
  { database }: KitContext,
  { eventId, nonce }: { eventId: string; nonce: string },
  { actor, reason }: { actor: string; reason?: string | undefined },
): Promise<{ nonce: string; ticketId: string; undoneAt: string; undoneBy: string }> => {
  const args = { event_id: eventId, nonce, actor, reason: reason ?? null }
  const answer = await database.call('ticketing.undo_check_in', args)
  if (answer.outcome === 'not_found') throw new ProblemError('not_found', { detail: 'No such check-in.' })
  if (answer.outcome === 'not_admitted') {
    throw new ProblemError('conflict', { detail: `That scan admitted nobody: it was answered by ${answer.was}.` })
  }
  const { outcome: _, ...undone } = answer
  return undone
}
