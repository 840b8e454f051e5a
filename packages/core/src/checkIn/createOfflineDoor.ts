import type { CodeFault, TicketKey } from './createTicketVerifier.ts'
import { createTicketVerifier } from './createTicketVerifier.ts'
import type { TicketClaims } from './ticketCode.ts'

/** A ticket that not every code of admits, as `GET /v1/admin/events/:eventId/revocations` lists it. */
export interface Revocation {
  ticketId: string
  /** `blocked` while a refund is under way. A `valid` ticket is listed for its codes of before `codeVersion`. */
  status: 'valid' | 'blocked' | 'void'
  codeVersion: number
}

/** A visitor whom this door let in by itself: kept on the device, and sent to the server once it can be reached. */
export interface OfflineScan {
  /** Made here; the server answers the same again under the same one. */
  nonce: string
  code: string
  ticketId: string
  /** By the device's clock, ISO 8601. */
  at: string
}

export type DoorOutcome =
  | 'admitted'
  | 'already_checked_in'
  | 'wrong_event'
  | 'void'
  | 'blocked'
  | 'superseded'
  | 'invalid_code'

export interface DoorAnswer {
  outcome: DoorOutcome
  /** Why an `invalid_code` is none. */
  fault: CodeFault | null
  /** What the code says where it is genuine, another event's included. */
  claims: TicketClaims | null
  /** The scan that admitted: this one, or the earlier one at this door. */
  scan: OfflineScan | null
}

export interface OfflineDoorOptions {
  eventId: string
  keys: readonly TicketKey[]
  revocations?: readonly Revocation[]
  /** What an earlier run of this device kept of `scans`. */
  scans?: readonly OfflineScan[]
  /** Milliseconds; the device's clock unless told otherwise. */
  now?: () => number
}

export interface OfflineDoor {
  /** Two scans of one code at the same moment admit once. */
  scan(code: string): Promise<DoorAnswer>
  /** Everybody let in at this door, in order: what to keep on the device, and to upload. */
  readonly scans: readonly OfflineScan[]
}

/**
 * Decides at a door without a network: signature, event, revocations, and who came in here already. It cannot know who
 * came in at another door: the upload tells.
 */
export const createOfflineDoor = (options: OfflineDoorOptions): OfflineDoor => {
  const { eventId, keys, revocations = [], now = Date.now } = options
  const verify = createTicketVerifier(keys)
  const revoked = new Map(revocations.map(each => [each.ticketId, each]))
  const scans = [...(options.scans ?? [])]
  const byTicket = new Map(scans.map(scan => [scan.ticketId, scan]))

  const refusalOf = ({ eventId: ofEvent, ticketId, codeVersion }: TicketClaims): DoorOutcome | null => {
    if (ofEvent !== eventId.toLowerCase()) return 'wrong_event'
    const listed = revoked.get(ticketId)
    if (listed && codeVersion < listed.codeVersion) return 'superseded'
    return listed && listed.status !== 'valid' ? listed.status : null
  }

  const admit = (code: string, { ticketId }: TicketClaims): OfflineScan => {
    const scan = { nonce: crypto.randomUUID(), code, ticketId, at: new Date(now()).toISOString() }
    scans.push(scan)
    byTicket.set(ticketId, scan)
    return scan
  }

  return {
    scans,
    async scan(code) {
      const verdict = await verify(code)
      if (!verdict.genuine) return { outcome: 'invalid_code', fault: verdict.fault, claims: null, scan: null }
      const { claims } = verdict
      const refusal = refusalOf(claims)
      if (refusal) return { outcome: refusal, fault: null, claims, scan: null }
      const earlier = byTicket.get(claims.ticketId)
      if (earlier) return { outcome: 'already_checked_in', fault: null, claims, scan: earlier }
      return { outcome: 'admitted', fault: null, claims, scan: admit(code, claims) }
    },
  }
}
