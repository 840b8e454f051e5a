import { fromBase64url, toBase64url } from './base64url.ts'
import { createHmac, type Hmac } from './hmac.ts'
import { fromUuidBytes, toUuidBytes } from './uuidBytes.ts'

/** What an order token says once its signature holds. The version must still be the order's own. */
export interface OrderClaims {
  eventId: string
  orderId: string
  version: number
}

export interface OrderTokenKey {
  /** Stands in the token, so that keys can be rolled: letters and digits. */
  id: string
  secret: string
}

export interface OrderTokens {
  /** The same claims give the same token for as long as the first key stays. */
  sign(claims: OrderClaims): Promise<string>
  /** Null for anything that none of the keys signed. */
  verify(token: string): Promise<OrderClaims | null>
}

const tokenForm = /^vko_([A-Za-z0-9]{1,16})\.([A-Za-z0-9_-]{48})\.([A-Za-z0-9_-]{43})$/

const toPayload = ({ eventId, orderId, version }: OrderClaims): Uint8Array<ArrayBuffer> => {
  const payload = new Uint8Array(36)
  payload.set(toUuidBytes(eventId), 0)
  payload.set(toUuidBytes(orderId), 16)
  new DataView(payload.buffer).setUint32(32, version)
  return payload
}

const fromPayload = (payload: Uint8Array): OrderClaims => ({
  eventId: fromUuidBytes(payload.subarray(0, 16)),
  orderId: fromUuidBytes(payload.subarray(16, 32)),
  version: new DataView(payload.buffer, payload.byteOffset).getUint32(32),
})

/** The key's id is signed too: a token cannot be passed off as another key's. */
const toMessage = (keyId: string, payload: Uint8Array): Uint8Array<ArrayBuffer> => {
  const prefix = new TextEncoder().encode(`venuekit order token\n${keyId}\n`)
  const message = new Uint8Array(prefix.length + payload.length)
  message.set(prefix)
  message.set(payload, prefix.length)
  return message
}

/** Stateless bearer tokens of single orders: the first key signs, all of them verify. */
export const createOrderTokens = (keys: readonly [OrderTokenKey, ...OrderTokenKey[]]): OrderTokens => {
  const macs = new Map<string, Hmac>(keys.map(key => [key.id, createHmac(key.secret)]))
  const signing = { id: keys[0].id, mac: createHmac(keys[0].secret) }
  return {
    async sign(claims) {
      const payload = toPayload(claims)
      const signature = await signing.mac.sign(toMessage(signing.id, payload))
      return `vko_${signing.id}.${toBase64url(payload)}.${toBase64url(signature)}`
    },
    async verify(token) {
      const [, keyId = '', payloadText = '', signatureText = ''] = tokenForm.exec(token) ?? []
      const mac = macs.get(keyId)
      const payload = fromBase64url(payloadText)
      const signature = fromBase64url(signatureText)
      if (!mac || !payload || !signature) return null
      return (await mac.verify(toMessage(keyId, payload), signature)) ? fromPayload(payload) : null
    },
  }
}
