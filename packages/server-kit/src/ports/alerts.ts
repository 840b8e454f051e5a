/** Something a person should look at. Raised once per occurrence; sinks decide whom to wake. */
export interface Alert {
  /** Stable, such as `webhook_dead`: what sinks group by. */
  code: string
  summary: string
  fields: Record<string, unknown>
}

export interface Alerts {
  /** Never throws: a sink that fails must not fail what it tells about. */
  raise(alert: Alert): Promise<void>
}
