import type { AlertMessage, AlertSink } from '../ports/alerts.ts'
import { sha256 } from '../services/sha256.ts'
import { fromUuidBytes } from '../services/uuidBytes.ts'
import { postToSink } from './postToSink.ts'
import { sinkUrl } from './sinkUrl.ts'

export interface PostHogAlertsOptions {
  /** The host's own PostHog: `https://eu.i.posthog.com`, or where it is self-hosted. */
  host: string
  /** The project's key, `phc_…`. */
  projectKey: string
  /** `posthog` by default. */
  name?: string
  /** 10 seconds by default; the kit waits for 15 at most. */
  timeoutMs?: number
  fetch?: typeof fetch
}

/** Of version 8, from the message's id: PostHog keeps one of two events that have the same one. */
const uuidOf = async (id: string): Promise<string> => {
  const bytes = (await sha256(id)).slice(0, 16)
  const uuid = fromUuidBytes(bytes)
  return `${uuid.slice(0, 14)}8${uuid.slice(15, 19)}a${uuid.slice(20)}`
}

const timeOf = ({ news, raisedAt, resolvedAt }: AlertMessage): string | undefined => {
  if (news === 'resolved') return resolvedAt ?? undefined
  return news === 'raised' ? raisedAt : undefined
}

const toEvent = async (message: AlertMessage, projectKey: string) => {
  const { id, news, code, severity, title, summary, text, fields, amount, amountBefore, raisedAt, resolvedAt } = message
  const { alerts } = message
  return {
    api_key: projectKey,
    event: `venuekit alert ${news}`,
    distinct_id: 'venuekit-alerts',
    uuid: await uuidOf(id),
    timestamp: timeOf(message),
    properties: {
      // It is nobody who does this, and nowhere.
      $process_person_profile: false,
      $geoip_disable: true,
      alert_id: id,
      alert_code: code,
      ...{ severity, title, summary, text, amount, fields, alerts },
      amount_before: amountBefore,
      raised_at: raisedAt,
      resolved_at: resolvedAt,
    },
  }
}

/** Alerts as events of PostHog, by its endpoint for capturing. Throws `ConfigurationError`. */
export const postHogAlerts = (options: PostHogAlertsOptions): AlertSink => {
  const { host, projectKey, name = 'posthog', timeoutMs = 10_000, fetch: send = fetch } = options
  const url = sinkUrl('postHogAlerts: host', `${host.replace(/\/+$/, '')}/i/v0/e/`)
  return {
    name,
    send: async (message, signal) =>
      postToSink({ url, body: JSON.stringify(await toEvent(message, projectKey)), signal, timeoutMs, fetch: send }),
  }
}
