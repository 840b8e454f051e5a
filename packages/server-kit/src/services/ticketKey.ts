import type { TicketKey } from '@venuekit/core/check-in'
import { toBase64url } from './base64url.ts'
import { sha256 } from './sha256.ts'

/** A new key for `secrets.ticketKeys`. */
export interface NewTicketKey {
  /** Stands in the codes, and as `kid` in the list of public keys. */
  id: string
  /** `vk_ticket_sec_` and 32 random bytes in base64url: a secret. */
  privateKey: string
  /** `vk_ticket_pub_…`: what to list under `secrets.retiredTicketKeys` should the key ever leak. */
  publicKey: string
}

export interface SigningKey {
  /** A `CryptoKey`, which only pages have a name for. */
  key: Awaited<ReturnType<typeof crypto.subtle.importKey>>
  publicKey: TicketKey
}

const privatePrefix = 'vk_ticket_sec_'
const publicPrefix = 'vk_ticket_pub_'

const keyText = (prefix: string): RegExp => new RegExp(`^${prefix}[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$`)
/** 32 bytes leave two bits of the last character empty. */
export const privateKeyText = keyText(privatePrefix)
export const publicKeyText = keyText(publicPrefix)

/** What a private key of Ed25519 begins with as PKCS #8 (RFC 8410); its 32 bytes follow. */
const pkcs8Header = Uint8Array.from([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32])

/** The first two bytes of the thumbprint (RFC 7638): an id that nobody has to make up, and no two keys are given. */
const idOf = async (x: string): Promise<string> => {
  const [first = 0, second = 0] = await sha256(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`)
  return (first * 256 + second).toString(16).padStart(4, '0')
}

const toTicketKey = async (x: string, retired: boolean): Promise<TicketKey> => ({
  kty: 'OKP',
  crv: 'Ed25519',
  kid: await idOf(x),
  x,
  retired,
})

export const readRetiredKey = (text: string): Promise<TicketKey> => toTicketKey(text.slice(publicPrefix.length), true)

const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), character => character.charCodeAt(0))

/** Any 32 bytes are a private key; its public half follows from it. */
export const readPrivateKey = async (text: string): Promise<SigningKey> => {
  const body = new Uint8Array([...pkcs8Header, ...fromBase64(text.slice(privatePrefix.length))])
  const whole = await crypto.subtle.importKey('pkcs8', body, { name: 'Ed25519' }, true, ['sign'])
  const { x = '' } = await crypto.subtle.exportKey('jwk', whole)
  const key = await crypto.subtle.importKey('pkcs8', body, { name: 'Ed25519' }, false, ['sign'])
  return { key, publicKey: await toTicketKey(x, false) }
}

/** Makes a key that signs the codes on tickets. Keep the private one where your secrets are. */
export const makeTicketKey = async (): Promise<NewTicketKey> => {
  const privateKey = privatePrefix + toBase64url(crypto.getRandomValues(new Uint8Array(32)))
  const { publicKey } = await readPrivateKey(privateKey)
  return { id: publicKey.kid, privateKey, publicKey: publicPrefix + publicKey.x }
}
