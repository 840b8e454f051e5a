import type { OwnerConnection } from '../../src/ports/database.ts'
import { invariantQueries } from '../../src/testing/brokenInvariants.ts'

/** What may follow what, step by step, as the text of record has it; a burst may take several at once. */
const transitions: Record<string, readonly string[]> = {
  reserved: ['expiring', 'payment_pending', 'fulfilled', 'needs_review'],
  expiring: ['expired', 'cancelled', 'payment_pending', 'fulfilled', 'needs_review'],
  payment_pending: ['fulfilled', 'expired', 'needs_review'],
  expired: ['fulfilled', 'refund_due', 'needs_review'],
  cancelled: ['refund_due', 'needs_review'],
  needs_review: ['fulfilled', 'refund_due'],
  refund_due: ['refunded'],
  fulfilled: ['refunded'],
}

const reachable = (from: string, seen = new Set<string>([from])): Set<string> => {
  for (const next of transitions[from] ?? []) {
    if (seen.has(next)) continue
    seen.add(next)
    reachable(next, seen)
  }
  return seen
}
const reach = new Map(Object.keys({ ...transitions, refunded: [] }).map(from => [from, reachable(from)]))

/** Tables a schedule writes, children first. */
const tables = [
  'venuekit.outbox',
  'venuekit.gateway_objects',
  'venuekit.alert_deliveries',
  'venuekit.alert_sinks',
  'venuekit.alerts',
  'venuekit.orphan_payments',
  ...[
    'check_ins',
    'refund_tickets',
    'refunds',
    'disputes',
    'tickets',
    'payments',
    'attempts',
    'order_items',
    'orders',
    'order_keys',
  ],
  ...[
    'journal',
    'tier_inventory',
    'pool_inventory',
    'tiers',
    'capacity_pools',
    'events',
    'health_checkpoints',
    'event_changes',
  ],
].map(name => (name.includes('.') ? name : `ticketing.${name}`))

/** One function whose plans are kept: the same promises as `checkInvariants`, thirty times as fast. */
const install = `
create or replace function venuekit.test_breaches() returns setof text language plpgsql as $body$
begin
${Object.entries(invariantQueries)
  .map(([promise, sql]) => `return query select '${promise}: ' || q.breach from (${sql}) q;`)
  .join('\n')}
end $body$;
create or replace function venuekit.test_clear() returns void language plpgsql
set session_replication_role = replica as $body$
begin
${tables.map(table => `delete from ${table};`).join('\n')}
end $body$;`

export interface InvariantWatch {
  /** Throws what is broken, and any change of an order's state that no rule allows. */
  check(): Promise<void>
  /** Empties the database for the next schedule. */
  clear(): Promise<void>
}

export const watchInvariants = async (
  owner: <Result>(work: (connection: OwnerConnection) => Promise<Result>) => Promise<Result>,
): Promise<InvariantWatch> => {
  await owner(connection => connection.exec(install))
  let before = new Map<string, string>()
  let cleared = 0
  return {
    async check() {
      const [row] = await owner(connection =>
        connection.query<{ breaches: string[]; orders: [string, string][] }>(
          `select array(select venuekit.test_breaches()) as breaches,
             coalesce((select jsonb_agg(jsonb_build_array(o.order_id, o.status)) from ticketing.orders o), '[]') as orders`,
        ),
      )
      const breaches = [...(row?.breaches ?? [])]
      const after = new Map(row?.orders)
      for (const [id, status] of before) {
        const now = after.get(id)
        if (now === undefined || !reach.get(status)?.has(now))
          breaches.push(`order ${id} went from ${status} to ${now}`)
      }
      before = after
      if (breaches.length > 0) throw new Error(`the invariants are broken:\n${breaches.join('\n')}`)
    },
    async clear() {
      before = new Map()
      await owner(connection => connection.query('select venuekit.test_clear()'))
      cleared += 1
      // Dead rows would make each check slower than the last.
      if (cleared % 50 === 0) await owner(connection => connection.exec(`vacuum ${tables.join(', ')}`))
    },
  }
}
