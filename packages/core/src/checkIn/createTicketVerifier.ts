import { type CodeFormFault, readTicketCode, type TicketClaims, ticketMessage } from './ticketCode.ts'

/** A public key as `GET /v1/admin/check-in-keys` answers it: a JWK, and whether codes under it are still taken. */
export interface TicketKey {
  kty: 'OKP'
  crv: 'Ed25519'
  /** Stands in the codes. */
  kid: string
  x: string
  retired: boolean
}

/**
 * Besides the form: signed by a key that is not on the list; rightly signed by one that was given up, so that the
 * buyer must open the order again; or the signature is not that key's.
 */
export type CodeFault = CodeFormFault | 'unknown_key' | 'retired_key' | 'forged'

export type CodeVerdict = { genuine: true; claims: TicketClaims } | { genuine: false; fault: CodeFault }

export type TicketVerifier = (code: string) => Promise<CodeVerdict>

const algorithm = { name: 'Ed25519' }

const importKey = ({ kty, crv, x }: TicketKey): Promise<CryptoKey> =>
  crypto.subtle.importKey('jwk', { kty, crv, x }, algorithm, false, ['verify'])

/**
 * Tells genuine codes from all others, without a network. Needs Ed25519 of Web Crypto: Node 22, Chrome 137, Firefox 129,
 * Safari 17. Whether the ticket still admits is another question.
 */
export const createTicketVerifier = (keys: readonly TicketKey[]): TicketVerifier => {
  const imported = new Map<TicketKey, Promise<CryptoKey>>()
  const cryptoKey = (key: TicketKey): Promise<CryptoKey> => {
    const known = imported.get(key) ?? importKey(key)
    imported.set(key, known)
    return known
  }
  return async code => {
    const read = readTicketCode(code)
    if (typeof read === 'string') return { genuine: false, fault: read }
    const { claims, signature } = read
    const message = ticketMessage(claims)
    // Two keys may share an id of two bytes, once in a long while.
    const named = keys.filter(({ kid }) => kid === claims.keyId)
    for (const key of named) {
      if (!(await crypto.subtle.verify(algorithm, await cryptoKey(key), signature, message))) continue
      return key.retired ? { genuine: false, fault: 'retired_key' } : { genuine: true, claims }
    }
    return { genuine: false, fault: named.length === 0 ? 'unknown_key' : 'forged' }
  }
}
