import type { TicketKey } from '../createTicketVerifier.ts'
import { type TicketClaims, ticketMessage, writeTicketCode } from '../ticketCode.ts'

export interface TestSigner {
  key: TicketKey
  sign(claims: Omit<TicketClaims, 'keyId'>): Promise<string>
}

/** A key of the host's, and codes by it. */
export const createTestSigner = async (kid: string, retired = false): Promise<TestSigner> => {
  const pair = (await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify'])) as CryptoKeyPair
  const { x = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  return {
    key: { kty: 'OKP', crv: 'Ed25519', kid, x, retired },
    async sign(claims) {
      const named = { ...claims, keyId: kid }
      const signature = await crypto.subtle.sign('Ed25519', pair.privateKey, ticketMessage(named))
      return writeTicketCode(named, new Uint8Array(signature))
    },
  }
}
