/** An alert that no sink has taken. */
export interface WaitingAlert {
  fingerprint: string
  kind: string
  /** `summary`, and the alert's fields. */
  detail: Record<string, unknown>
  /** ISO, by the database's clock. */
  raisedAt: string
  resolvedAt: string | null
}

export interface AlertFunctions {
  /** Durable. What is so `once` is told of once; else it stays open until it is resolved, and may open anew. */
  'venuekit.record_alert': {
    args: { fingerprint: string; kind: string; detail: Record<string, unknown>; once: boolean }
    result: { raisedAt: string; seenCount: number; sent: boolean }
  }
  /** Durable. */
  'venuekit.resolve_alert': { args: { fingerprint: string }; result: { resolved: boolean } }
  /** Takes alerts for `lease_seconds`; another worker sees them again only after that. */
  'venuekit.take_alerts': {
    args: { max_alerts: number; worker: string; lease_seconds: number }
    result: { alerts: WaitingAlert[] }
  }
  'venuekit.finish_alert': { args: { fingerprint: string; worker: string }; result: { outcome: 'sent' | 'lost' } }
  'venuekit.fail_alert': {
    args: { fingerprint: string; worker: string; error: string }
    result: { outcome: 'waiting' | 'lost' }
  }
}
