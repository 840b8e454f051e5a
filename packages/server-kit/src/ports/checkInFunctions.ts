import type { CheckInResponse, CheckInSummary, Page } from '@venuekit/core/contracts'

type NotFound = { outcome: 'not_found' }

/** A scan of a ticket of the event, as it is told and told again. */
type RecordedCheckIn = CheckInResponse & {
  outcome: 'admitted' | 'already_checked_in' | 'void' | 'blocked' | 'superseded' | 'event_cancelled'
}

export interface RevokedTicket {
  ticketId: string
  status: 'valid' | 'blocked' | 'void'
  codeVersion: number
}

/** What doors do. */
export interface CheckInFunctions {
  /** Durable; idempotent by the nonce. The code was verified before, and is of this event. */
  'ticketing.check_in': {
    args: {
      event_id: string
      nonce: string
      ticket_id: string
      code_version: number
      gate: string | null
      device: string | null
      /** When an offline door let the visitor in, ISO; null where the door waits for the answer. */
      scanned_at: string | null
      /** Waits where the order is in use; else the answer is `busy` then. */
      patient: boolean
    }
    /** `nonce_reused`: under it another code was scanned. */
    result: RecordedCheckIn | { outcome: 'unknown' } | { outcome: 'nonce_reused' } | { outcome: 'busy' }
  }
  /** Durable, idempotent. Only what admitted can be undone. */
  'ticketing.undo_check_in': {
    args: { event_id: string; nonce: string; actor: string; reason: string | null }
    result:
      | { outcome: 'undone'; nonce: string; ticketId: string; undoneAt: string; undoneBy: string }
      | { outcome: 'not_admitted'; was: string }
      | NotFound
  }
  /** Durable, idempotent by the version that is given up. */
  'ticketing.reissue_ticket': {
    args: { event_id: string; ticket_id: string; code_version: number; actor: string; reason: string | null }
    result:
      | { outcome: 'reissued'; ticketId: string; orderId: string; codeVersion: number }
      | { outcome: 'never_given_out'; codeVersion: number }
      | { outcome: 'void' }
      | NotFound
  }
  'ticketing.list_revocations': {
    args: { event_id: string; cursor: string | null; page_size: number }
    result: ({ outcome: 'found' } & Page<RevokedTicket>) | { outcome: 'bad_cursor' } | NotFound
  }
  'ticketing.check_in_summary': {
    args: { event_id: string }
    result: { outcome: 'found'; summary: CheckInSummary } | NotFound
  }
}
