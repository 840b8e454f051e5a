import { createHmac } from 'node:crypto'

/** The value of `Stripe-Signature`: seconds, and HMAC-SHA256 over `seconds.payload`, once for each secret. */
export const signWebhook = (payload: string, secrets: readonly string[], timestamp: number): string => {
  const signature = (secret: string) => createHmac('sha256', secret).update(`${timestamp}.${payload}`).digest('hex')
  return [`t=${timestamp}`, ...secrets.map(secret => `v1=${signature(secret)}`)].join(',')
}
