import {
  type CodeVerdict,
  createTicketVerifier,
  type TicketKey,
  ticketMessage,
  writeTicketCode,
} from '@venuekit/core/check-in'
import type { Order } from '@venuekit/core/contracts'
import { ConfigurationError } from '../configurationError.ts'
import { readPrivateKey, readRetiredKey, type SigningKey } from './ticketKey.ts'

export interface TicketCodes {
  /** What the door scans: the same for the same ticket, version and key. */
  sign(ticket: { eventId: string; id: string; codeVersion: number }): Promise<string>
  verify(code: string): Promise<CodeVerdict>
  /**
   * What verifies the codes without us: the signing key first, the retired ones last. Throws `ConfigurationError`, as
   * the others do, where the key that signs is among the retired.
   */
  publicKeys(): Promise<readonly TicketKey[]>
}

/** Private keys, of which the first signs, and public ones whose codes are refused. */
export interface TicketKeySettings {
  ticketKeys: readonly string[]
  retiredTicketKeys: readonly string[]
}

interface Keys {
  signing: SigningKey
  listed: readonly TicketKey[]
  verify: (code: string) => Promise<CodeVerdict>
}

const readKeys = async ({ ticketKeys, retiredTicketKeys }: TicketKeySettings): Promise<Keys> => {
  const own = await Promise.all(ticketKeys.map(readPrivateKey))
  const retired = await Promise.all(retiredTicketKeys.map(readRetiredKey))
  const isRetired = ({ x }: TicketKey): boolean => retired.some(key => key.x === x)
  const [signing] = own
  if (!signing || isRetired(signing.publicKey)) {
    throw new ConfigurationError([
      'secrets.ticketKeys: the first key, which signs, is among secrets.retiredTicketKeys: put a new one before it',
    ])
  }
  const live = own.map(({ publicKey }) => publicKey).filter(key => !isRetired(key))
  const listed = [...live, ...retired]
  return { signing, listed, verify: createTicketVerifier(listed) }
}

export const createTicketCodes = (settings: TicketKeySettings): TicketCodes => {
  let reading: Promise<Keys> | null = null
  const keys = (): Promise<Keys> => {
    reading ??= readKeys(settings)
    return reading
  }
  return {
    async sign({ eventId, id, codeVersion }) {
      const { key, publicKey } = (await keys()).signing
      const claims = { keyId: publicKey.kid, eventId, ticketId: id, codeVersion }
      const signature = await crypto.subtle.sign('Ed25519', key, ticketMessage(claims))
      return writeTicketCode(claims, new Uint8Array(signature))
    },
    verify: async code => (await keys()).verify(code),
    publicKeys: async () => (await keys()).listed,
  }
}

/** The order as its owner sees it. SQL knows no secret, so it leaves the codes empty. */
export const withTicketCodes = async <Shown extends Order>(codes: TicketCodes, order: Shown): Promise<Shown> => {
  const { eventId, tickets } = order
  const signed = tickets.map(async ticket => ({ ...ticket, code: await codes.sign({ ...ticket, eventId }) }))
  return { ...order, tickets: await Promise.all(signed) }
}
