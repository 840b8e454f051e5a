/** HMAC-SHA256 under one secret, by Web Crypto: the same on Node, Deno, Bun and Workers. */
export interface Hmac {
  sign(message: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>
  /** Compares in constant time. */
  verify(message: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>): Promise<boolean>
}

export const createHmac = (secret: string): Hmac => {
  const key = crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign', 'verify'],
  )
  return {
    sign: async message => new Uint8Array(await crypto.subtle.sign('HMAC', await key, message)),
    verify: async (message, signature) => crypto.subtle.verify('HMAC', await key, signature, message),
  }
}
