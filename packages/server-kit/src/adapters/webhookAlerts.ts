import { ConfigurationError } from '../configurationError.ts'
import type { AlertMessage, AlertSink } from '../ports/alerts.ts'
import { postToSink } from './postToSink.ts'
import { sinkUrl } from './sinkUrl.ts'

export interface WebhookAlertsOptions {
  url: string
  /**
   * `whsec_` and 24 to 64 bytes in base64. Each message is signed with all of them: give the new one beside the old one
   * until the receiver knows it.
   */
  secrets: readonly string[]
  /** `webhook` by default; needed where there are two. */
  name?: string
  /** 10 seconds by default; the kit waits for 15 at most. */
  timeoutMs?: number
  /** Milliseconds since 1970, for the signature. */
  clock?: () => number
  fetch?: typeof fetch
}

const secretForm = /^whsec_([A-Za-z0-9+/]+={0,2})$/

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> | null => {
  try {
    return Uint8Array.from(atob(text), character => character.charCodeAt(0))
  } catch {
    return null
  }
}

const toKeyBytes = (secret: string): Uint8Array<ArrayBuffer> => {
  const encoded = secretForm.exec(secret)?.[1]
  const bytes = encoded === undefined ? null : fromBase64(encoded)
  if (bytes && bytes.length >= 24 && bytes.length <= 64) return bytes
  throw new ConfigurationError(['webhookAlerts: secrets: each must be whsec_ and 24 to 64 random bytes in base64'])
}

const sign = async (bytes: Uint8Array<ArrayBuffer>, content: string): Promise<string> => {
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const signature = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(content))
  return `v1,${btoa(String.fromCharCode(...new Uint8Array(signature)))}`
}

const toPayload = ({ news, ...data }: AlertMessage) => ({
  type: `alert.${news}`,
  timestamp: news === 'resolved' ? data.resolvedAt : data.raisedAt,
  data,
})

/**
 * Alerts as webhooks by the specification of https://www.standardwebhooks.com, which has libraries that verify them.
 * `webhook-id` is the same for each try of one message. Throws `ConfigurationError`.
 */
export const webhookAlerts = (options: WebhookAlertsOptions): AlertSink => {
  const { secrets, name = 'webhook', timeoutMs = 10_000, clock = Date.now, fetch: send = fetch } = options
  const url = sinkUrl('webhookAlerts: url', options.url)
  if (secrets.length === 0) throw new ConfigurationError(['webhookAlerts: secrets: needs one at least'])
  const keys = secrets.map(toKeyBytes)
  return {
    name,
    async send(message, signal) {
      const body = JSON.stringify(toPayload(message))
      const sentAt = Math.floor(clock() / 1000)
      const content = `${message.id}.${sentAt}.${body}`
      const signatures = await Promise.all(keys.map(key => sign(key, content)))
      const headers = {
        'webhook-id': message.id,
        'webhook-timestamp': String(sentAt),
        'webhook-signature': signatures.join(' '),
      }
      await postToSink({ url, headers, body, signal, timeoutMs, fetch: send })
    },
  }
}
