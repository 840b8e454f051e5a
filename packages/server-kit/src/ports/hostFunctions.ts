import type { EventStatus, NewEvent } from '@venuekit/core/contracts'
import type { OutboxMessage } from './venuekitFunctions.ts'

/** A webhook of the inbox, without its payload. */
export interface ListedWebhook {
  account: string
  gatewayEventId: string
  type: string
  mode: 'live' | 'test'
  status: 'pending' | 'done' | 'dead'
  tries: number
  receivedAt: string
  /** Null once it is done or given up. */
  nextTryAt: string | null
  finishedAt: string | null
  /** What was done, or why nothing was. */
  note: string | null
  lastError: string | null
}

/** A message of the outbox. */
export interface ListedMessage {
  messageId: string
  kind: OutboxMessage['kind']
  eventId: string
  orderId: string
  version: number
  status: 'waiting' | 'sent' | 'dead' | 'dismissed'
  tries: number
  createdAt: string
  /** Null unless it waits. */
  nextTryAt: string | null
  sentAt: string | null
  /** Who saw to it that it need not be sent. */
  dismissedBy: string | null
  /** May hold the buyer's address. */
  lastError: string | null
}

/** An event as it stands, in the shape that creates it. */
export interface ExportedEvent {
  status: EventStatus
  event: NewEvent
}

/** An order, and the event by which its rows are found. */
export interface OrderPlace {
  eventId: string
  orderId: string
}

/** What the host's own people ask, at the command line. */
export interface HostFunctions {
  /** The newest migration's number, and the version of the package whose functions were applied last. */
  'venuekit.read_schema': { args: Record<string, never>; result: { migration: number; release: string | null } }
  'venuekit.list_venues': { args: Record<string, never>; result: { venues: { id: string; name: string }[] } }
  /** The latest first. */
  'venuekit.list_webhooks': {
    args: {
      status: ListedWebhook['status'] | null
      gateway_event_ids: string[] | null
      max_webhooks: number
    }
    result: { webhooks: ListedWebhook[] }
  }
  /** The latest first. */
  'venuekit.list_messages': {
    args: {
      status: ListedMessage['status'] | null
      event_id: string | null
      message_ids: string[] | null
      max_messages: number
    }
    result: { messages: ListedMessage[] }
  }
  /** Puts back in line what was given up, waits or was dismissed; what is on its way or was sent stays as it is. */
  'venuekit.replay_message': { args: { message_id: string }; result: { outcome: 'waiting' | 'unchanged' } }
  /** Lets go of what was given up or waits. */
  'venuekit.dismiss_message': {
    args: { message_id: string; actor: string }
    result: { outcome: 'dismissed' | 'unchanged' }
  }
  /** By id; those after one, of one venue, or the given ones alone. */
  'ticketing.export_events': {
    args: { after: string | null; venue_id: string | null; event_ids: string[] | null; max_events: number }
    result: { events: ExportedEvent[] }
  }
  /** By the id of an order or ticket, or by the gateway's of a session or payment. */
  'ticketing.locate_order': { args: { reference: string }; result: { orders: OrderPlace[] } }
}
