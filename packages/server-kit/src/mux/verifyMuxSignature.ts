import { MediaStoreError } from '../ports/mediaStoreError.ts'
import { createHmac } from '../services/hmac.ts'

const toleranceSeconds = 300

const bad = (message: string): MediaStoreError => new MediaStoreError('bad_signature', message)

const fromHex = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text.match(/../g) ?? [], pair => Number.parseInt(pair, 16))

const readHeader = (header: string): { timestamp: string; signatures: Uint8Array<ArrayBuffer>[] } => {
  const fields = header.split(',').map(field => field.trim().split('='))
  const timestamp = fields.find(([name]) => name === 't')?.[1] ?? ''
  const signatures = fields.filter(([name, value]) => name === 'v1' && /^[0-9a-f]{64}$/.test(value ?? ''))
  if (!/^\d{1,12}$/.test(timestamp) || signatures.length === 0) {
    throw bad('The Mux-Signature header should read `t=…,v1=…`. Send the request as Mux sent it.')
  }
  return { timestamp, signatures: signatures.map(([, value = '']) => fromHex(value)) }
}

/**
 * Verifies the raw body, five minutes into past and future; any of the secrets may fit, so that one can be rolled.
 * Throws `MediaStoreError` of kind `bad_signature`. https://www.mux.com/docs/core/verify-webhook-signatures
 */
export const verifyMuxSignature = async (
  rawBody: string,
  header: string | null,
  { secrets, now }: { secrets: readonly string[]; now: number },
): Promise<void> => {
  if (!header) throw bad('There is no Mux-Signature header: this request did not come from Mux, or a proxy dropped it.')
  const { timestamp, signatures } = readHeader(header)
  const message = new TextEncoder().encode(`${timestamp}.${rawBody}`)
  const fits = await Promise.all(
    secrets.flatMap(secret => signatures.map(signature => createHmac(secret).verify(message, signature))),
  )
  if (!fits.includes(true)) {
    throw bad(
      "The signature fits none of the webhook secrets. Check that the endpoint's own signing secret is configured.",
    )
  }
  if (Math.abs(Number(timestamp) - now / 1000) > toleranceSeconds) {
    throw bad(`The webhook was signed more than ${toleranceSeconds} s from now. Check this machine's clock.`)
  }
}
