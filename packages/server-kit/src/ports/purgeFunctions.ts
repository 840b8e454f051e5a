/** One batch of what came to its end `days` ago. Durable. */
interface Purge {
  args: { days: number; max_rows: number }
  result: { removed: number }
}

export interface PurgeFunctions {
  'venuekit.purge_webhooks': Purge
  /** The newest scheduled comparison of an account stays: it is the checkpoint. */
  'venuekit.purge_reconciliations': Purge
  'venuekit.purge_orphans': Purge
  'venuekit.purge_alerts': Purge
  /** The newest run of a job stays. */
  'venuekit.purge_job_runs': Purge
  /** Empties the last error of messages that were sent. */
  'venuekit.purge_message_errors': Purge
  /** Events that ended `days` ago and whose orders still say where they came from, the longest past first. */
  'ticketing.events_with_origins': {
    args: { days: number; max_events: number }
    result: { eventIds: string[] }
  }
  /** One batch of such an event's orders, after the order that the last batch ended with. Durable. */
  'ticketing.clear_origins': {
    args: { event_id: string; after: string | null; max_orders: number }
    /** `after` is null once the event is through. */
    result: { cleared: number; after: string | null }
  }
}
