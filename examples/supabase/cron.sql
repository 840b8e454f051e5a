-- Runs VenueKit's jobs by the project's own clock. Needs the extensions pg_cron and pg_net, and two secrets in Vault:
--   select vault.create_secret('https://<project>.supabase.co/functions/v1/venuekit', 'venuekit_url');
--   select vault.create_secret('<VENUEKIT_JOBS_SECRET>', 'venuekit_jobs_secret');
-- Each call only asks what is due: the database gives a slot to one taker, so that calls too many change nothing.
-- It may run again: a schedule of the same name is replaced.
create extension if not exists pg_cron;
create extension if not exists pg_net;

-- What talks to Stripe, sends mail or tends files runs in the Edge Function, which pg_net calls.
select cron.schedule(
  'venuekit ' || job.name, job.schedule,
  format(
    $command$
      select net.http_post(
        url := (select s.decrypted_secret from vault.decrypted_secrets s where s.name = 'venuekit_url') || %L,
        headers := jsonb_build_object('Content-Type', 'application/json', 'Authorization',
          'Bearer ' || (select s.decrypted_secret from vault.decrypted_secrets s where s.name = 'venuekit_jobs_secret')),
        body := '{}'::jsonb,
        timeout_milliseconds := 140000)
    $command$,
    '/jobs/' || job.name))
from (values
  ('process-webhooks', '* * * * *'),
  ('send-refunds', '* * * * *'),
  ('send-messages', '* * * * *'),
  ('send-alerts', '* * * * *'),
  ('cancel-events', '* * * * *'),
  ('tend-media', '* * * * *'),
  ('expire-reservations', '*/5 * * * *'),
  ('check-health', '*/5 * * * *'),
  ('reconcile', '*/5 * * * *')
) as job (name, schedule);

-- What only looks after rows needs no call: it runs in the database, and takes its slot there.
select cron.schedule('venuekit roll-up-sales', '* * * * *', $command$
  do $job$
  declare
    run jsonb := venuekit.take_job_slot(
      job => 'roll-up-sales', worker => 'pg_cron', every_seconds => 60, daily_at => null, time_zone => null);
    event text;
    rolled jsonb;
    events integer := 0;
    entries integer := 0;
  begin
    if not (run ->> 'taken')::boolean then return; end if;
    for event in select jsonb_array_elements_text(ticketing.events_to_roll_up(max_events => 500) -> 'eventIds') loop
      events := events + 1;
      loop
        rolled := ticketing.roll_up_sales(event_id => event::uuid, max_entries => 20000);
        entries := entries + (rolled ->> 'rolledUp')::integer;
        exit when not (rolled ->> 'more')::boolean;
      end loop;
    end loop;
    perform venuekit.finish_job_slot(
      job => 'roll-up-sales', slot => run ->> 'slot', run_id => (run ->> 'runId')::uuid, failed => false,
      report => jsonb_build_object('events', events, 'entries', entries));
  end
  $job$
$command$);

-- How many days of what is over are kept: docs/retention.md. What one run leaves is for the next hour's.
select cron.schedule('venuekit purge', '17 * * * *', $command$
  do $job$
  declare
    run jsonb := venuekit.take_job_slot(
      job => 'purge', worker => 'pg_cron', every_seconds => 3600, daily_at => null, time_zone => null);
    event text;
    origins jsonb;
    cleared integer := 0;
  begin
    if not (run ->> 'taken')::boolean then return; end if;
    for event in
      select jsonb_array_elements_text(ticketing.events_with_origins(days => 180, max_events => 100) -> 'eventIds')
    loop
      origins := null;
      loop
        origins := ticketing.clear_origins(
          event_id => event::uuid, after => (origins ->> 'after')::uuid, max_orders => 1000);
        cleared := cleared + (origins ->> 'cleared')::integer;
        exit when origins ->> 'after' is null;
      end loop;
    end loop;
    perform venuekit.finish_job_slot(
      job => 'purge', slot => run ->> 'slot', run_id => (run ->> 'runId')::uuid, failed => false,
      report => jsonb_build_object(
        'rates', venuekit.purge_rates() -> 'removed',
        'changes', feed.purge_changes() -> 'removed',
        'webhooks', venuekit.purge_webhooks(days => 90, max_rows => 10000) -> 'removed',
        'reconciliations', venuekit.purge_reconciliations(days => 400, max_rows => 10000) -> 'removed',
        'orphanPayments', venuekit.purge_orphans(days => 400, max_rows => 10000) -> 'removed',
        'alerts', venuekit.purge_alerts(days => 90, max_rows => 10000) -> 'removed',
        'jobRuns', venuekit.purge_job_runs(days => 30, max_rows => 10000) -> 'removed',
        'messageErrors', venuekit.purge_message_errors(days => 30, max_rows => 10000) -> 'removed',
        'orderOrigins', cleared));
  end
  $job$
$command$);
