import type { AddressedUpload } from '../ports/mediaBytes.ts'
import { fromBase64url, toBase64url } from '../services/base64url.ts'
import { createHmac } from '../services/hmac.ts'

export interface UploadTokens {
  /** Holds for a day, as an upload does. */
  sign(upload: AddressedUpload): Promise<string>
  /** Null for anything that was not signed here, or whose day is over. */
  verify(token: string): Promise<AddressedUpload | null>
}

const lifeMs = 86_400_000
const tokenForm = /^([A-Za-z0-9_-]{22})\.(\d{1,15})\.(\d{1,15})\.([A-Za-z0-9_-]{43})$/

const toMessage = (key: string, byteLength: string, expiresAt: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`venuekit upload address\n${key}\n${byteLength}\n${expiresAt}`)

/** Addresses of uploads: whoever has one may send the bytes it speaks of, and nothing else. */
export const createUploadTokens = (secret: string, now: () => number): UploadTokens => {
  const mac = createHmac(secret)
  return {
    async sign({ storeKey, byteLength }) {
      const expiresAt = String(now() + lifeMs)
      const signature = await mac.sign(toMessage(storeKey, String(byteLength), expiresAt))
      return `${storeKey}.${byteLength}.${expiresAt}.${toBase64url(signature)}`
    },
    async verify(token) {
      const [, storeKey = '', byteLength = '', expiresAt = '', text = ''] = tokenForm.exec(token) ?? []
      const signature = fromBase64url(text)
      if (storeKey === '' || !signature || !(await mac.verify(toMessage(storeKey, byteLength, expiresAt), signature))) {
        return null
      }
      return Number(expiresAt) > now() ? { storeKey, byteLength: Number(byteLength) } : null
    },
  }
}
