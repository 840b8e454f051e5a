import type { TicketClaims } from '@venuekit/core/check-in'
import type { CheckInResponse, CheckInsResponse, NewCheckIn, NewCheckIns } from '@venuekit/core/contracts'
import { DatabaseError } from '../ports/databaseError.ts'
import type { KitContext } from './kitContext.ts'
import { ProblemError } from './problemError.ts'

type Told = CheckInResponse | { nonce: string; outcome: 'nonce_reused' }
type Uploaded = CheckInsResponse['items'][number]

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

const record = async ({ database }: KitContext, scan: NewCheckIn, claims: TicketClaims): Promise<Told> => {
  const answer = await database.call('ticketing.check_in', {
    event_id: scan.eventId,
    nonce: scan.nonce,
    ticket_id: claims.ticketId,
    code_version: claims.codeVersion,
    gate: scan.gate ?? null,
    device: scan.device ?? null,
    scanned_at: scan.at ?? null,
  })
  if (answer.outcome === 'unknown') return refused(scan, 'unknown')
  return answer.outcome === 'nonce_reused' ? { nonce: scan.nonce, outcome: 'nonce_reused' } : answer
}

const tell = async (context: KitContext, scan: NewCheckIn): Promise<Told> => {
  const verdict = await context.ticketCodes.verify(scan.code)
  if (!verdict.genuine) return refused(scan, 'invalid_code', { reason: verdict.fault })
  const { claims } = verdict
  if (claims.eventId === scan.eventId) return record(context, scan, claims)
  const event = { id: claims.eventId, name: await nameOf(context, claims.eventId) }
  return refused(scan, 'wrong_event', { event })
}

/**
 * Tells a door whether to open. All that may happen there is an outcome; the same nonce is told the same again. Throws
 * `idempotency_conflict` where the nonce stands for another code.
 */
export const createCheckIn = async (context: KitContext, scan: NewCheckIn): Promise<CheckInResponse> => {
  const told = await tell(context, scan)
  if (told.outcome === 'nonce_reused') {
    throw new ProblemError('idempotency_conflict', { detail: 'This nonce stands for another scan: make a new one.' })
  }
  return told
}

/** A scan that cannot be written now keeps none of the others from it; without a database none of them can. */
const upload = async (context: KitContext, scan: NewCheckIn): Promise<Uploaded> => {
  const { nonce, eventId } = scan
  try {
    return await tell(context, scan)
  } catch (error) {
    if (error instanceof DatabaseError && error.kind === 'unavailable') throw error
    context.log.error('a scan of an offline door was not recorded', { eventId, nonce, error: String(error) })
    return { nonce, outcome: 'not_recorded' }
  }
}

/** Each scan by itself, one after the other: what one of them meets holds none of the others up. */
export const uploadCheckIns = async (
  context: KitContext,
  { eventId, scans }: NewCheckIns,
): Promise<CheckInsResponse> => {
  const items: Uploaded[] = []
  for (const scan of scans) items.push(await upload(context, { ...scan, eventId }))
  return { items }
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
