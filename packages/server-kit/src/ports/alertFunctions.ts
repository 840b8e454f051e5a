import type { AlertNews } from './alerts.ts'

/** A message that a sink is owed. */
export interface OwedAlert {
  fingerprint: string
  /** The same in all that goes to the sink as one message, whose kind and news are the same. */
  message: number
  news: AlertNews
  kind: string
  /** `summary`, and the alert's fields. */
  detail: Record<string, unknown>
  episode: number
  amount: number
  /** When and with which amount the sink was told last. */
  toldAmount: number | null
  toldAt: string | null
  /** ISO, by the database's clock. */
  raisedAt: string
  resolvedAt: string | null
}

/** The figures behind alerts that no event has. Seconds are rounded down; null where there is nothing. */
export interface WatchFigures {
  /** ISO. */
  lookedAt: string
  inbox: { waiting: number; oldestSeconds: number | null; deliverySeconds: number | null }
  /** What is due, and since when the oldest is. */
  outbox: { waiting: number; oldestSeconds: number | null }
  refunds: { waiting: number; oldestSeconds: number | null }
  /** Of sinks that take nothing for so long, or all but messages that they have refused for a quarter of an hour. */
  sinks: { sink: string; waiting: number; refused: number; failingSeconds: number | null }[]
  /** Checkouts that ended so long ago without any webhook since they began. */
  silence: { paid: number; ended: number; lastWebhookSeconds: number | null }
  /** Of each gateway with any. */
  signatures: { gateway: string; failures: number }[]
}

export interface AlertFunctions {
  /**
   * Durable. What is so `once` is told of once; else it stays open until it is resolved, and may open anew. Without
   * `tell` it is only kept: what lasts is told of once it is recorded with it.
   */
  'venuekit.record_alert': {
    args: { fingerprint: string; kind: string; detail: Record<string, unknown>; once: boolean; tell?: boolean }
    result: { raisedAt: string; seenCount: number; owed: boolean }
  }
  /** Durable. */
  'venuekit.resolve_alert': { args: { fingerprint: string }; result: { resolved: boolean } }
  /**
   * Durable. Raises what is wrong, and resolves what else is open under fingerprints that begin with `scope`. Changes
   * nothing where a look after `looked_at`, ISO, was settled.
   */
  'venuekit.settle_alerts': {
    args: {
      scope: string
      wrong: { fingerprint: string; kind: string; detail: Record<string, unknown> }[]
      looked_at: string
    }
    result: { owed: boolean; resolved: number }
  }
  /**
   * Takes what a sink is owed for `lease_seconds`; another worker sees it again only after that. Of one kind so many
   * messages in five minutes at most.
   */
  'venuekit.take_alerts': {
    args: {
      sink: string
      max_messages: number
      worker: string
      lease_seconds: number
      cool_down_seconds: number
      remind_seconds: number | null
      burst_messages: number
    }
    result: { alerts: OwedAlert[] }
  }
  /** The alerts of one message. */
  'venuekit.finish_alerts': {
    args: {
      sink: string
      worker: string
      news: AlertNews
      alerts: Pick<OwedAlert, 'fingerprint' | 'episode' | 'amount'>[]
    }
    result: { outcome: 'sent' | 'lost' }
  }
  'venuekit.fail_alerts': {
    args: {
      sink: string
      worker: string
      fingerprints: string[]
      error: string
      is_down: boolean
      wait_seconds: number | null
    }
    result: { outcome: 'waiting' | 'lost' }
  }
  'venuekit.read_watch': {
    args: { silence_seconds: number; signature_seconds: number }
    result: WatchFigures
  }
  /** Adds to the present minute's count. */
  'venuekit.count_signature_failures': {
    args: { gateway: string; failures: number }
    result: Record<string, never>
  }
}
