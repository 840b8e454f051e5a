import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'

const rows = 20_000
const batch = 20
/** Once or twice through everything: slow, but never everything for each row. */
const through = 2 * rows + 1000
const event = '0190a000-0000-7000-8000-000000000001'
const run = '0190a000-0000-7000-8000-000000000002'
const window = `'2020-01-01', '2040-01-01'`

/** Each takes a few of very many; what it may read besides them is what it locks, joins and skips. */
const takers: Record<string, { call: string; mayRead: number }> = {
  'ticketing.begin_expiry': { call: `ticketing.begin_expiry('${event}', ${batch})`, mayRead: through },
  'ticketing.take_refunds': { call: `ticketing.take_refunds('${event}', ${batch}, 'w', 60)`, mayRead: 20 * batch },
  'ticketing.call_off_orders': { call: `ticketing.call_off_orders('${event}', ${batch})`, mayRead: through },
  // All that is held or waits, once, by its own index: a look at each event instead costs more where most are past.
  'ticketing.events_to_expire': { call: `ticketing.events_to_expire(${batch})`, mayRead: through },
  'ticketing.events_with_refunds': { call: `ticketing.events_with_refunds(${batch})`, mayRead: through },
  'ticketing.events_to_call_off': { call: `ticketing.events_to_call_off(${batch})`, mayRead: through },
  'venuekit.take_messages': {
    call: `venuekit.take_messages('buyer', ${batch}, 'w', 60, '[]')`,
    mayRead: 20 * batch,
  },
  'venuekit.take_alerts': { call: `venuekit.take_alerts('s', 5, 'w', 60, 60, null, 5)`, mayRead: through },
  'venuekit.due_webhooks': { call: `venuekit.due_webhooks(${batch})`, mayRead: 20 * batch },
  // Looks whether any that waits or is under review was claimed meanwhile: each of them once, and they are few.
  'venuekit.due_orphans': { call: `venuekit.due_orphans('a', ${batch})`, mayRead: through },
  'venuekit.take_job_slot': { call: `venuekit.take_job_slot('j', 'w', 60, null, null)`, mayRead: 20 * batch },
  'venuekit.purge_webhooks': { call: `venuekit.purge_webhooks(7, ${batch})`, mayRead: 20 * batch },
  'venuekit.purge_alerts': { call: `venuekit.purge_alerts(7, ${batch})`, mayRead: through },
  'venuekit.purge_job_runs': { call: `venuekit.purge_job_runs(7, ${batch})`, mayRead: 20 * batch },
  'venuekit.purge_message_errors': { call: `venuekit.purge_message_errors(7, ${batch})`, mayRead: 20 * batch },
  'feed.take_media_removals': {
    call: `feed.take_media_removals('["disk"]', ${batch}, 'w', 60)`,
    mayRead: 20 * batch,
  },
  'feed.due_uploads': { call: `feed.due_uploads('disk', ${batch})`, mayRead: 20 * batch },
  'feed.abandon_uploads': { call: `feed.abandon_uploads(${batch})`, mayRead: through },
  'ticketing.find_stuck_refunds': { call: `ticketing.find_stuck_refunds('${run}')`, mayRead: 100 },
  'ticketing.find_waiting_reviews': { call: `ticketing.find_waiting_reviews('${run}')`, mayRead: 100 },
  'ticketing.find_unsent_messages': { call: `ticketing.find_unsent_messages('${run}')`, mayRead: 100 },
  'ticketing.pending_attempts': {
    call: `ticketing.pending_attempts('${run}', 'a', 'test', ${batch})`,
    mayRead: 100,
  },
  'ticketing.get_order': { call: `ticketing.get_order('${event}', md5('1')::uuid)`, mayRead: 100 },
  'venuekit.save_reconciliation': {
    call: `venuekit.save_reconciliation('${run}', 'w', 's', 'c', '{}', '["payment:1"]', '["payment:1"]')`,
    mayRead: through,
  },
  'ticketing.payments_to_confirm': {
    call: `ticketing.payments_to_confirm('${run}', 'a', 'test', ${window}, ${batch})`,
    mayRead: through,
  },
}

/** Very many of everything that a queue can hold, of one cancelled event; two orders in three are paid. */
const fill = `
set session_replication_role = replica;
insert into ticketing.events (event_id, venue_id, name, starts_at, over_at, time_zone, currency, status, max_per_order,
  max_hold_seconds, created_from, created_at, cancelled_at, cancelled_by)
select case n when 1 then '${event}'::uuid else md5('event ' || n)::uuid end, md5('venue')::uuid, 'Show', now(), now(),
  'UTC', 'USD', 'cancelled', 4, 3600, '{}', now(), now(), 'Ida'
from generate_series(1, 100) n;
insert into ticketing.tiers (event_id, tier_id, position, name, price_minor, max_per_order)
values ('${event}', '${event}', 1, 'Floor', 100, 4);
insert into ticketing.tier_inventory (event_id, tier_id, capacity, reserved, issued)
values ('${event}', '${event}', ${rows}, ${rows}, 0);
insert into ticketing.orders (event_id, order_id, status, total_minor, currency, buyer_name, buyer_email, created_at,
  hold_expires_at, hold_ends_at, fulfilled_at)
select '${event}', md5(n::text)::uuid, case when n % 3 = 0 then 'reserved' else 'fulfilled' end::ticketing.order_status,
  100, 'USD', 'Ada', n || '@example.com', now(), case when n % 3 = 0 then now() - n * interval '1 second' end, now(),
  case when n % 3 > 0 then now() end
from generate_series(1, ${rows}) n;
insert into ticketing.order_items (event_id, order_id, line, tier_id, quantity, unit_price_minor, total_minor, counted_as)
select o.event_id, o.order_id, 1, '${event}', 1, 100, 100, 'reserved' from ticketing.orders o;
insert into ticketing.attempts (event_id, attempt_id, order_id, status, account, mode, ui, params, expires_at, begun_at,
  session_id)
select o.event_id, o.order_id, o.order_id, 'attached', 'a', 'test', 'redirect', '{}', now(), o.created_at, o.order_id
from ticketing.orders o where o.status = 'reserved';
insert into ticketing.payments (event_id, payment_id, order_id, kind, status, amount_minor, currency, account, mode,
  session_id, source, received_at)
select o.event_id, o.order_id, o.order_id, 'gateway', 'applied', 100, 'USD', 'a', 'test', o.order_id, '{}', now()
from ticketing.orders o where o.status = 'fulfilled';
insert into ticketing.refunds (event_id, refund_id, payment_id, order_id, amount_minor, currency, origin, requested_at,
  next_try_at)
select p.event_id, p.payment_id, p.payment_id, p.order_id, 100, 'USD', 'mass', now(), now()
from ticketing.payments p;
insert into venuekit.outbox (message_id, kind, event_id, order_id, version, created_at, due_at, status, sent_at, last_error)
select md5('message ' || n)::uuid, 'tickets', '${event}', md5(n::text)::uuid, 1, now(), now() - n * interval '1 second',
  case when n % 2 = 0 then 'waiting' else 'sent' end, now() - interval '90 days', 'refused'
from generate_series(1, ${rows}) n;
insert into venuekit.webhooks (account, gateway_event_id, type, mode, payload, status, received_at, next_try_at, finished_at)
select 'a', n, 't', 'test', '{}', case when n % 2 = 0 then 'pending' else 'done' end, now(),
  now() - n * interval '1 second', now() - interval '90 days'
from generate_series(1, ${rows}) n;
insert into venuekit.alert_sinks (sink, asked_at) values ('s', now());
insert into venuekit.alerts (fingerprint, kind, detail, told, raised_at, seen_at, resolved_at)
select n, 'k', '{}', true, now(), now() - interval '90 days', now() - interval '90 days' from generate_series(1, ${rows}) n;
insert into venuekit.alert_deliveries (sink, fingerprint, due_at, owed)
select 's', n, now() - n * interval '1 second', n % 2 = 0 from generate_series(1, ${rows}) n;
insert into venuekit.orphan_payments (account, session_id, event_id, order_id, amount_minor, currency, status,
  first_seen_at, due_at)
select 'a', n, '${event}', md5(n::text)::uuid, 100, 'USD', 'waiting', now(), now() - n * interval '1 second'
from generate_series(1, ${rows}) n;
insert into venuekit.job_runs (job, slot, run_id, worker, taken_at)
select 'j', n, md5(n::text)::uuid, 'w', now() - n * interval '1 hour' from generate_series(1, ${rows}) n;
insert into venuekit.reconciliations (run_id, account, scheduled, window_from, window_until, worker, started_at, touched_at)
values ('${run}', 'a', true, now(), now(), 'w', now(), now());
insert into feed.media_removals (store, store_key, requested_at, due_at)
select 'disk', n, now(), now() - n * interval '1 second' from generate_series(1, ${rows}) n;
insert into feed.media (upload_id, venue_id, feed_id, viewer_id, kind, status, content_type, byte_length, store, store_key,
  created_at, changed_at)
select md5(n::text)::uuid, md5('venue')::uuid, md5('feed')::uuid, n, 'image', 'processing', 'image/png', 1, 'disk', n,
  now() - interval '3 days', now() - interval '2 days' - n * interval '1 second'
from generate_series(1, ${rows}) n;
set session_replication_role = origin;`

let postgres: TestPostgres
let database: TestDatabase
let worker: pg.Client

beforeAll(async () => {
  // What keeps a plan for ever is a table that was never analyzed since.
  postgres = await startTestPostgres({ flags: ['autovacuum=off'] })
  database = await postgres.createDatabase()
  worker = new pg.Client({ connectionString: database.adminUrl })
  await worker.connect()
  // From the sixth call on a plan is kept for all arguments.
  for (const { call } of Object.values(takers)) {
    for (let times = 0; times < 7; times += 1) await worker.query(`begin; select ${call}; rollback`)
  }
  await postgres.run(fill, database.name)
  // A plan that reads everything for each row would never end.
  await worker.query(`set statement_timeout = '60s'`)
}, 120_000)
afterAll(async () => {
  await worker.end()
  await postgres.stop()
})

/** Rows read by this connection so far, in tables of ours. */
const readSoFar = async (): Promise<number> => {
  const { rows: counted } = await worker.query<{ read: string }>(
    `select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) as read from pg_stat_xact_all_tables
     where schemaname in ('venuekit', 'ticketing', 'feed')`,
  )
  return Number(counted[0]?.read)
}

/** How many rows the call reads. */
const readBy = async (call: string): Promise<number> => {
  await worker.query('begin')
  try {
    const before = await readSoFar()
    await worker.query(`select ${call}`)
    return (await readSoFar()) - before
  } finally {
    await worker.query('rollback')
  }
}

test.each(Object.entries(takers))('a plan of %s made on empty tables serves full ones', async (_name, taker) => {
  expect(await readBy(taker.call)).toBeLessThan(taker.mayRead)
})
