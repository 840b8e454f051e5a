import type { AlertMessage, AlertSink } from '../ports/alerts.ts'
import { postToSink } from './postToSink.ts'
import { sinkUrl } from './sinkUrl.ts'
import { slackText } from './slackText.ts'

export interface SlackAlertsOptions {
  /** The address of an incoming webhook, `https://hooks.slack.com/services/…`. It is a secret. */
  webhookUrl: string
  /** `slack` by default; needed where alerts go to two channels. */
  name?: string
  /** 10 seconds by default; the kit waits for 15 at most. */
  timeoutMs?: number
  fetch?: typeof fetch
}

const signs = { critical: '\u{1F534}', warning: '\u{1F7E0}', notice: '\u{1F535}' } as const
const over = '\u{1F7E2}'

/** Slack's own limits. */
const headerLength = 150
const sectionLength = 3000
const fieldLength = 300
const maximumFields = 10

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** No mark-up is read in a plain text, neither mentions nor links nor formatting. */
const plain = (text: string, limit: number) => ({ type: 'plain_text', emoji: false, text: slackText(text, limit) })

const factsOf = ({ code, severity, raisedAt, resolvedAt, fields }: AlertMessage) => {
  const facts = { code, severity, since: raisedAt, ...(resolvedAt === null ? {} : { until: resolvedAt }), ...fields }
  return Object.entries(facts)
    .filter(([, value]) => value !== null && value !== undefined)
    .slice(0, maximumFields)
    .map(([name, value]) => plain(`${name}: ${shown(value)}`, fieldLength))
}

const toPayload = (message: AlertMessage) => {
  const { news, severity, title, text, command } = message
  const sign = news === 'resolved' ? over : signs[severity]
  return {
    // Read aloud and shown in notifications.
    text: slackText(text, sectionLength).replaceAll('`', '\u{2019}'),
    mrkdwn: false,
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'header', text: plain(`${sign} ${title}`, headerLength) },
      { type: 'section', text: plain(text, sectionLength) },
      { type: 'section', fields: factsOf(message) },
      // Of the kit's own words and an id: the only text with mark-up.
      ...(news === 'resolved'
        ? []
        : [{ type: 'section', text: { type: 'mrkdwn', verbatim: true, text: `Run \`${command}\`` } }]),
    ],
  }
}

/** Alerts to a channel of Slack, by an incoming webhook. Throws `ConfigurationError`. */
export const slackAlerts = (options: SlackAlertsOptions): AlertSink => {
  const { webhookUrl, name = 'slack', timeoutMs = 10_000, fetch: send = fetch } = options
  const url = sinkUrl('slackAlerts: webhookUrl', webhookUrl)
  return {
    name,
    send: (message, signal) =>
      postToSink({ url, body: JSON.stringify(toPayload(message)), signal, timeoutMs, fetch: send }),
  }
}
