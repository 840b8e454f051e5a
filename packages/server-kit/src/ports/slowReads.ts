import type { SqlFunctionName } from './database.ts'

/**
 * What people and monitors look at, which takes seconds on large events or when many look at once. Nobody buys by them:
 * an adapter with a pool leaves most of its connections to everything else.
 */
export const slowReads: ReadonlySet<SqlFunctionName> = new Set<SqlFunctionName>([
  'ticketing.audit_event',
  'ticketing.audit_events',
  'ticketing.check_in_summary',
  'ticketing.export_events',
  'ticketing.get_event_health',
  'ticketing.get_health',
  'ticketing.get_operations_event',
  'ticketing.list_admin_events',
  'ticketing.list_operations_events',
  'ticketing.read_sales',
  'ticketing.search_orders',
  'venuekit.list_messages',
  'venuekit.list_webhooks',
  'venuekit.read_metrics',
  'venuekit.read_operations',
])
