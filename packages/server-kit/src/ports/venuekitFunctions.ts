/** A publishable key as the API needs it. */
export interface PublishableKey {
  keyId: string
  venueId: string
  /** Exact origins: scheme, host, port. */
  allowedOrigins: string[]
}

/** Mails are to the buyer; `fulfilled` is a call of the host's own function. */
export type MessageRecipient = 'buyer' | 'host'

/** A message that waits in the outbox. */
export interface OutboxMessage {
  messageId: string
  /** All are mails to the buyer but `fulfilled`, which tells the host: written beside `tickets` and `tickets_late`. */
  kind: 'tickets' | 'tickets_late' | 'refund' | 'cancellation' | 'fulfilled'
  eventId: string
  orderId: string
  /** Tells a first mail from a repeated one. */
  version: number
  /** How often it was tried before. */
  tries: number
}

export interface StoredWebhook {
  account: string
  gatewayEventId: string
  type: string
  mode: 'live' | 'test'
  payload: Record<string, unknown>
  tries: number
}

export interface VenuekitFunctions {
  /** The database's time, ISO: the only clock that judges. */
  'venuekit.read_clock': { args: Record<string, never>; result: { now: string } }
  'venuekit.find_key': {
    args: { publishable_key: string }
    result: { outcome: 'found'; key: PublishableKey } | { outcome: 'not_found' }
  }
  'venuekit.create_venue': { args: { venue_id: string; name: string }; result: { outcome: 'created' | 'exists' } }
  /** Creates the key, or sets its origins anew. */
  'venuekit.set_key': {
    args: { publishable_key: string; venue_id: string; allowed_origins: string[] }
    result: { outcome: 'set' }
  }

  /** Durable, once by (account, event id). `pending` means: work on it, here and now. */
  'venuekit.store_webhook': {
    args: {
      account: string
      gateway_event_id: string
      type: string
      mode: 'live' | 'test'
      payload: Record<string, unknown>
    }
    result: { status: 'pending' | 'done' | 'dead' }
  }
  /** Durable. `note` says what was done, or why nothing was. */
  'venuekit.finish_webhook': {
    args: { account: string; gateway_event_id: string; note: string }
    result: { outcome: 'done' }
  }
  /**
   * Counts the failure and sets the next try, further away each time; dead after the last. An outage is not counted for
   * three days.
   */
  'venuekit.fail_webhook': {
    args: { account: string; gateway_event_id: string; error: string; is_outage: boolean }
    result: { status: 'pending' | 'done' | 'dead' }
  }
  /** Puts an event back in line, dead or done. */
  'venuekit.replay_webhook': {
    args: { account: string; gateway_event_id: string }
    result: { outcome: 'pending' | 'not_found' }
  }
  'venuekit.due_webhooks': { args: { max_webhooks: number }; result: { webhooks: StoredWebhook[] } }

  /**
   * Takes due messages for `lease_seconds`; another worker sees them again only after that. Leaves out those of
   * events and orders of `busy_ids`.
   */
  'venuekit.take_messages': {
    args: {
      recipient: MessageRecipient
      max_messages: number
      worker: string
      lease_seconds: number
      busy_ids: readonly string[]
    }
    result: { messages: OutboxMessage[] }
  }
  'venuekit.finish_message': { args: { message_id: string; worker: string }; result: { outcome: 'sent' | 'lost' } }
  'venuekit.fail_message': {
    args: { message_id: string; worker: string; error: string }
    result: { status: 'waiting' | 'dead' | 'lost' }
  }
}
