import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../ports/database.ts'
import { createPgliteDatabase } from '../testing/createPgliteDatabase.ts'
import { constraintsOf, refusalOf, rowAgain } from '../testing/refusalOf.ts'
import { createVenue } from '../testing/startTestKit.ts'

let database: MigratableDatabase
/** Every table of the kit's own has a row. */
beforeAll(async () => {
  database = await createPgliteDatabase()
  await createVenue(database)
  await database.withOwner(connection =>
    connection.exec(
      `insert into venuekit.gateway_objects select 'acct', 'pi_1', v, v, v, now() from gen_random_uuid() v;
       insert into venuekit.webhooks (account, gateway_event_id, type, mode, payload, received_at, next_try_at)
         values ('acct', 'evt_1', 'charge.succeeded', 'live', '{}', now(), now());
       insert into venuekit.outbox (message_id, kind, event_id, order_id, version, created_at, due_at)
         select v, 'tickets', v, v, 1, now(), now() from gen_random_uuid() v;
       insert into venuekit.job_runs (job, slot, run_id, worker, taken_at)
         values ('purge', '2030-01-01', gen_random_uuid(), 'one', now());
       insert into venuekit.alerts (fingerprint, kind, detail, raised_at, seen_at)
         values ('dead', 'webhooks', '{}', now(), now());
       insert into venuekit.alert_sinks (sink, asked_at) values ('slack', now());
       insert into venuekit.alert_deliveries (sink, fingerprint, due_at) values ('slack', 'dead', now());
       insert into venuekit.alert_looks values ('watch:', now());
       insert into venuekit.ended_sessions values (gen_random_uuid(), now());
       insert into venuekit.sales_periods values (now(), 'USD', 1, 0, 0, 100, 0);
       insert into venuekit.signature_failures values ('stripe', now(), 1);
       insert into venuekit.rate_counters values ('orders of ada', now(), 1);
       insert into venuekit.reconciliations
         (run_id, account, scheduled, window_from, window_until, worker, started_at, touched_at)
         values (gen_random_uuid(), 'acct', true, now() - interval '1 day', now(), 'one', now(), now());
       insert into venuekit.reconciliation_marks select run_id, 'pi_1' from venuekit.reconciliations;
       insert into venuekit.orphan_payments
         (account, session_id, event_id, order_id, amount_minor, currency, first_seen_at, due_at)
         select 'acct', 'cs_1', v, v, 100, 'USD', now(), now() from gen_random_uuid() v`,
    ),
  )
}, 60_000)
afterAll(() => database.close())

const set = (table: string, change: string) => `update venuekit.${table} set ${change}`
/** The same row again, with these columns changed. */
const again = (table: string, columns?: Record<string, string>) => rowAgain(`venuekit.${table}`, columns)
const other = 'gen_random_uuid()'
const earlier = "now() - interval '1 hour'"

/** A statement that each constraint refuses. */
const refusals: Record<string, string> = {
  migrations_key: again('migrations'),
  functions_key: again('functions'),
  release_key: again('release'),
  release_single: set('release', 'the_only = false'),
  venues_key: again('venues'),
  venue_name_given: set('venues', "name = ''"),
  publishable_keys_key: again('publishable_keys'),
  publishable_key_prefixed: set('publishable_keys', "publishable_key = 'sk_1'"),
  publishable_key_of_venue: set('publishable_keys', `venue_id = ${other}`),
  gateway_objects_key: again('gateway_objects', { payment_id: other }),
  webhooks_key: again('webhooks'),
  webhook_mode_known: set('webhooks', "mode = 'dry'"),
  webhook_status_known: set('webhooks', "status = 'lost'"),
  webhook_tries_not_negative: set('webhooks', 'tries = -1'),
  outbox_key: again('outbox', { version: '2' }),
  message_kind_known: set('outbox', "kind = 'advertisement'"),
  message_version_positive: set('outbox', 'version = 0'),
  message_status_known: set('outbox', "status = 'lost'"),
  dismissed_message_has_actor: set('outbox', "status = 'dismissed'"),
  message_sent_once: again('outbox', { message_id: other }),
  job_runs_key: again('job_runs', { run_id: other }),
  alerts_key: again('alerts'),
  alert_episode_positive: set('alerts', 'episode = 0'),
  alert_sinks_key: again('alert_sinks'),
  sink_failures_not_negative: set('alert_sinks', 'failures = -1'),
  alert_deliveries_key: again('alert_deliveries'),
  delivery_to_sink: set('alert_deliveries', "sink = 'nowhere'"),
  delivery_of_alert: set('alert_deliveries', "fingerprint = 'none'"),
  delivery_told_known: set('alert_deliveries', "told = 'sung', told_episode = 1"),
  told_delivery_says_what: set('alert_deliveries', "told = 'raised'"),
  delivery_tries_not_negative: set('alert_deliveries', 'tries = -1'),
  alert_looks_key: again('alert_looks'),
  signature_failures_key: again('signature_failures'),
  ended_sessions_key: again('ended_sessions'),
  all_sales_periods_key: again('sales_periods'),
  signature_failures_positive: set('signature_failures', 'failures = 0'),
  rate_counters_key: again('rate_counters'),
  rate_hits_positive: set('rate_counters', 'hits = 0'),
  reconciliations_key: again('reconciliations', { account: "'other'" }),
  reconciliation_status_known: set('reconciliations', "status = 'lost'"),
  reconciliation_window_runs_forward: set('reconciliations', "window_until = window_from - interval '1 second'"),
  one_scheduled_reconciliation: again('reconciliations', { run_id: other, window_from: earlier }),
  one_reconciliation_of_window: again('reconciliations', { run_id: other, scheduled: 'false' }),
  reconciliation_marks_key: again('reconciliation_marks'),
  mark_of_reconciliation: again('reconciliation_marks', { run_id: other }),
  orphan_payments_key: again('orphan_payments'),
  orphan_amount_not_negative: set('orphan_payments', 'amount_minor = -1'),
  orphan_currency_code: set('orphan_payments', "currency = 'usd'"),
  orphan_status_known: set('orphan_payments', "status = 'lost'"),
}

test.each(Object.entries(refusals))('%s refuses what it is for', async (name, statement) => {
  expect(await refusalOf(database, statement)).toMatchObject({ constraint: name })
})

test('no constraint of the kit’s own tables is without its refusal here', async () => {
  const names = await constraintsOf(database, 'venuekit')
  expect(names.filter(name => !Object.hasOwn(refusals, name))).toEqual([])
})
