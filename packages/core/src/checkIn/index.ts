/**
 * Codes on tickets, and doors that work offline.
 * @module check-in
 */
export {
  createOfflineDoor,
  type DoorAnswer,
  type DoorOutcome,
  type OfflineDoor,
  type OfflineDoorOptions,
  type OfflineScan,
  type Revocation,
} from './createOfflineDoor.ts'
export {
  type CodeFault,
  type CodeVerdict,
  createTicketVerifier,
  type TicketKey,
  type TicketVerifier,
} from './createTicketVerifier.ts'
export {
  type CodeFormFault,
  type ReadCode,
  readTicketCode,
  type TicketClaims,
  ticketMessage,
  writeTicketCode,
} from './ticketCode.ts'
