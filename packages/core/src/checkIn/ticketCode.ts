import { fromBase45, toBase45 } from './base45.ts'
import { fromUuidBytes, toUuidBytes } from './uuidBytes.ts'

/** What the code on a ticket says. True only once its signature was verified. */
export interface TicketClaims {
  /** Names the key that signed: four hexadecimal digits. */
  keyId: string
  eventId: string
  ticketId: string
  /** A re-issued ticket has a higher one; codes below it are worthless. */
  codeVersion: number
}

/** The text is no ticket's; of a version that this release does not know; or a ticket's, but cut, changed or misread. */
export type CodeFormFault = 'not_a_ticket' | 'unsupported_version' | 'damaged'

/** What a code says, and what proves it: nothing is verified yet. */
export interface ReadCode {
  claims: TicketClaims
  signature: Uint8Array<ArrayBuffer>
}

const prefix = 'VK1:'
const claimBytes = 36
const signatureBytes = 64
const context = new TextEncoder().encode('venuekit ticket code 1\n')

const toBytes = ({ keyId, eventId, ticketId, codeVersion }: TicketClaims): Uint8Array => {
  if (!/^[0-9a-f]{4}$/.test(keyId)) throw new TypeError('a key id is four hexadecimal digits')
  if (!Number.isInteger(codeVersion) || codeVersion < 1 || codeVersion > 0xffff) {
    throw new RangeError(`a code has no room for version ${codeVersion}`)
  }
  const bytes = new Uint8Array(claimBytes)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, Number.parseInt(keyId, 16))
  bytes.set(toUuidBytes(eventId), 2)
  bytes.set(toUuidBytes(ticketId), 18)
  view.setUint16(34, codeVersion)
  return bytes
}

const fromBytes = (bytes: Uint8Array): TicketClaims => {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return {
    keyId: view.getUint16(0).toString(16).padStart(4, '0'),
    eventId: fromUuidBytes(bytes.subarray(2, 18)),
    ticketId: fromUuidBytes(bytes.subarray(18, 34)),
    codeVersion: view.getUint16(34),
  }
}

const joined = (first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> => {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

/** What is signed: a text that nothing else of ours signs begins it, so that no signature serves twice. */
export const ticketMessage = (claims: TicketClaims): Uint8Array<ArrayBuffer> => joined(context, toBytes(claims))

/** `VK1:` and 100 bytes in base45: 154 characters, a QR code of version 6 at medium correction. */
export const writeTicketCode = (claims: TicketClaims, signature: Uint8Array): string =>
  prefix + toBase45(joined(toBytes(claims), signature))

/** Reads the form alone; the signature is not looked at. Each code has one spelling, in upper case. */
export const readTicketCode = (text: string): ReadCode | CodeFormFault => {
  const version = /^VK([1-9][0-9]*):/i.exec(text)?.[1]
  if (version === undefined) return 'not_a_ticket'
  if (version !== '1') return 'unsupported_version'
  const bytes = text.startsWith(prefix) ? fromBase45(text.slice(prefix.length)) : null
  if (bytes?.length !== claimBytes + signatureBytes) return 'damaged'
  const claims = fromBytes(bytes.subarray(0, claimBytes))
  return claims.codeVersion === 0 ? 'damaged' : { claims, signature: bytes.slice(claimBytes) }
}
