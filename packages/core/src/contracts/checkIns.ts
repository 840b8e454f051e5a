import * as z from 'zod/mini'
import { actor } from './admin.ts'
import { instant, line, page, pageQuery, uuid, wholeNumberText } from './values.ts'

const scan = {
  /** What the door read. */
  code: z.string().check(z.minLength(1), z.maxLength(500)),
  /** Made by the scanner for this scan: the same again answers the same. */
  nonce: uuid,
  gate: z.optional(line(120)),
  device: z.optional(line(120)),
}

export const newCheckIn = z.strictObject({
  ...scan,
  /** The door's show. */
  eventId: uuid,
  /** When a door that was offline let this visitor in, by its own clock; left out by a door that waits for the answer. */
  at: z.optional(instant),
})
export type NewCheckIn = z.infer<typeof newCheckIn>

/** What a door did while it was offline: it let all of these in. */
export const newCheckIns = z.strictObject({
  eventId: uuid,
  scans: z.array(z.strictObject({ ...scan, at: instant })).check(
    z.minLength(1),
    z.maxLength(200),
    z.refine(scans => new Set(scans.map(({ nonce }) => nonce)).size === scans.length, {
      error: 'each scan needs a nonce of its own',
    }),
  ),
})
export type NewCheckIns = z.infer<typeof newCheckIns>

/**
 * `admitted` alone opens the door. `already_checked_in`: `admission` says when and where. `wrong_event`: `event` says
 * which. `void`: `reason` says why, such as `refunded`. `blocked`: a refund is under way. `superseded`: the ticket was
 * issued anew, this is its old code. `event_cancelled`. `unknown`: rightly signed, but there is no such ticket.
 * `invalid_code`: `reason` is `not_a_ticket`, `unsupported_version`, `damaged`, `unknown_key`, `retired_key` or `forged`.
 */
const checkInOutcome = z.enum([
  'admitted',
  'already_checked_in',
  'wrong_event',
  'void',
  'blocked',
  'superseded',
  'event_cancelled',
  'unknown',
  'invalid_code',
])
export type CheckInOutcome = z.infer<typeof checkInOutcome>

const admission = z.object({
  /** Names the check-in, to undo it. */
  nonce: uuid,
  /** When the visitor came in: the door's own time where it was offline. */
  at: instant,
  recordedAt: instant,
  gate: z.nullable(z.string()),
  device: z.nullable(z.string()),
})

export const checkInResponse = z.object({
  nonce: uuid,
  outcome: checkInOutcome,
  reason: z.nullable(z.string()),
  /** An offline door let somebody in whom this answer refuses. */
  conflict: z.boolean(),
  ticket: z.nullable(
    z.object({
      id: uuid,
      orderId: uuid,
      line: z.int(),
      ordinal: z.int(),
      tierId: uuid,
      tierName: z.string(),
      /** The buyer's name. */
      holder: z.string(),
    }),
  ),
  /** Of this scan where it admitted, of the earlier one where that did. */
  admission: z.nullable(admission),
  /** The show that the ticket is for, where it is another one. */
  event: z.nullable(z.object({ id: uuid, name: z.nullable(z.string()) })),
})
export type CheckInResponse = z.infer<typeof checkInResponse>

/**
 * In the order of the scans. `nonce_reused`: under this nonce another ticket was scanned. `not_recorded`: the ticket was
 * in use elsewhere for too long, or the server failed at it: send this scan again.
 */
export const checkInsResponse = z.object({
  items: z.array(
    z.union([checkInResponse, z.object({ nonce: uuid, outcome: z.enum(['nonce_reused', 'not_recorded']) })]),
  ),
})
export type CheckInsResponse = z.infer<typeof checkInsResponse>

export const checkInUndoing = z.strictObject({ actor, reason: z.optional(z.string().check(z.maxLength(500))) })
export const undoneCheckIn = z.object({ nonce: uuid, ticketId: uuid, undoneAt: instant, undoneBy: z.string() })

/** `codeVersion` is the one that is to be worth nothing: sent again, it does nothing more. */
export const ticketReissue = z.strictObject({
  codeVersion: z.int().check(z.minimum(1), z.maximum(65_534)),
  actor,
  reason: z.optional(z.string().check(z.maxLength(500))),
})
export const reissuedTicket = z.object({
  ticketId: uuid,
  orderId: uuid,
  /** Of the code that the order shows now. */
  codeVersion: z.int(),
})
export type ReissuedTicket = z.infer<typeof reissuedTicket>

/** A public key as a JWK. */
const checkInKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  kid: z.string(),
  x: z.string(),
  /** Codes by it are refused. */
  retired: z.boolean(),
})
export const checkInKeysResponse = z.object({ keys: z.array(checkInKey) })

/** Lists are long, and read by machines. */
export const revocationQuery = z.strictObject({
  cursor: pageQuery.shape.cursor,
  limit: z.optional(wholeNumberText(1, 1000)),
})
const revocation = z.object({
  ticketId: uuid,
  status: z.enum(['valid', 'blocked', 'void']),
  /** Codes below it are superseded. */
  codeVersion: z.int(),
})
export const revocationPage = page(revocation)

const counts = {
  /** Tickets that admit, whether somebody came or not. */
  valid: z.int(),
  /** Of these, how many came in. */
  admitted: z.int(),
  /** Refused until their refund has ended. */
  blocked: z.int(),
}

export const checkInSummary = z.object({
  eventId: uuid,
  ...counts,
  /** Came in, and was given the money back since, by the gateway's dashboard say. */
  admittedNotValid: z.int(),
  /**
   * Tickets that offline doors let in, and that the server would have refused: `already_checked_in`, `void`, `blocked`,
   * `superseded` or `event_cancelled`. Codes that name no ticket of the show are told to the door, and not counted.
   */
  conflicts: z.int(),
  lastAdmittedAt: z.nullable(instant),
  tiers: z.array(z.object({ tierId: uuid, name: z.string(), ...counts })),
  gates: z.array(z.object({ gate: z.nullable(z.string()), admitted: z.int() })),
})
export type CheckInSummary = z.infer<typeof checkInSummary>
