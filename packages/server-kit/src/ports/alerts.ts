/** Something a person should look at. */
export interface Alert {
  /** Stable, such as `webhook_dead`: what sinks group by. */
  code: string
  summary: string
  fields: Record<string, unknown>
}

/** An alert as a sink gets it. */
export interface RaisedAlert extends Alert {
  /** The same each time that this one is sent: sinks that count drop what they know. */
  id: string
  /** ISO. */
  raisedAt: string
  /** When it was over, should it be by now. */
  resolvedAt: string | null
}

export interface Alerts {
  /**
   * Tells people; sinks decide whom to wake. Called once per occurrence, and again, less and less often, for as long as
   * it throws: reject rather than hang. What raised the alert never waits for it.
   */
  raise(alert: RaisedAlert): Promise<void>
}
