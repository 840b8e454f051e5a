/** What somebody may have done to a database, the check that must see it, and what it says then. */
export const damages: [name: string, check: string, sql: string, says: RegExp][] = [
  [
    'a function that PUBLIC may run',
    'grants',
    'grant execute on function ticketing.reserve_order to public',
    /problem: PUBLIC may .*ticketing\.reserve_order/,
  ],
  [
    'a function that anon may run',
    'grants',
    'grant execute on function ticketing.get_order to anon',
    /problem: anon may .*EXECUTE on ticketing\.get_order/,
  ],
  [
    'a table that authenticated may read',
    'grants',
    'grant select on ticketing.orders to authenticated',
    /problem: authenticated may .*SELECT on ticketing\.orders/,
  ],
  [
    'one column that anon may read',
    'grants',
    'grant select (buyer_email) on ticketing.orders to anon',
    /problem: anon may .*orders\.buyer_email/,
  ],
  [
    'a schema that anon may enter',
    'grants',
    'grant usage on schema ticketing to anon',
    /problem: anon may .*USAGE on ticketing/,
  ],
  [
    'a table of the application',
    'grants',
    'grant update on ticketing.tier_inventory to venuekit_app',
    /problem: venuekit_app may .*UPDATE on ticketing\.tier_inventory/,
  ],
  [
    'an inner function of the application',
    'grants',
    'grant execute on function ticketing.move_places to venuekit_app',
    /problem: venuekit_app may .*move_places/,
  ],
  [
    'a table of service_role',
    'grants',
    'grant select on ticketing.orders to service_role',
    /problem: service_role may .*SELECT on ticketing\.orders/,
  ],
  [
    'a right that the application lacks',
    'grants',
    'revoke execute on function ticketing.reserve_order from venuekit_app',
    /problem: The application's role may not run ticketing\.reserve_order/,
  ],
  [
    'a search path that is not empty',
    'functions',
    'alter function ticketing.reserve_order set search_path = public',
    /problem: Functions without an empty search_path: ticketing\.reserve_order/,
  ],
  [
    'a search path that is reset',
    'functions',
    'alter function ticketing.reserve_order reset search_path',
    /problem: Functions without an empty search_path/,
  ],
  [
    'a function with the caller’s rights',
    'functions',
    'alter function ticketing.get_order security invoker',
    /problem: Functions that do not run with their owner's rights: ticketing\.get_order/,
  ],
  [
    'a function of somebody else',
    'functions',
    'alter function ticketing.get_order owner to postgres',
    /problem: Functions that belong to somebody else/,
  ],
  [
    'a function without its lock time-out',
    'functions',
    'alter function ticketing.create_event reset lock_timeout',
    /problem: Functions without their lock_timeout: ticketing\.create_event/,
  ],
  [
    'a function that was edited by hand',
    'functions',
    "create or replace function ticketing.get_health() returns jsonb language sql stable security definer set search_path = '' as $$ select '{}'::jsonb $$",
    /problem: Functions read otherwise .*ticketing\.get_health/,
  ],
  [
    'a function that is gone',
    'functions',
    'drop function ticketing.search_orders',
    /problem: Functions are missing: ticketing\.search_orders/,
  ],
  [
    'a wall that is gone',
    'objects',
    'alter table ticketing.tier_inventory drop constraint check_total_not_exceeds_capacity',
    /problem: constraints are missing: check_total_not_exceeds_capacity/,
  ],
  [
    'a wall that old rows were never held to',
    'objects',
    'alter table ticketing.tier_inventory drop constraint check_total_not_exceeds_capacity, add constraint check_total_not_exceeds_capacity check (reserved + issued <= capacity) not valid',
    /problem: constraints do not hold: check_total_not_exceeds_capacity/,
  ],
  [
    'a unique index that is gone',
    'objects',
    'drop index ticketing.one_applied_payment_per_order',
    /problem: indexes are missing: one_applied_payment_per_order/,
  ],
  [
    'an index that broke',
    'objects',
    "update pg_index set indisvalid = false where indexrelid = 'ticketing.one_live_attempt_per_order'::regclass",
    /problem: indexes do not hold: one_live_attempt_per_order/,
  ],
  [
    'a database that takes no writes',
    'server',
    `do $$ begin
       execute format('alter database %I set default_transaction_read_only = on', current_database());
     end $$`,
    /problem: The database takes no writes/,
  ],
  [
    'a unique index that is one no more',
    'objects',
    `do $$ declare definition text := pg_get_indexdef('ticketing.one_applied_payment_per_order'::regclass); begin
       drop index ticketing.one_applied_payment_per_order;
       execute replace(definition, 'UNIQUE ', '');
     end $$`,
    /problem: indexes are not unique any more: one_applied_payment_per_order/,
  ],
  [
    'a trigger that somebody added',
    'objects',
    `create function public.eat() returns trigger language plpgsql as 'begin return null; end';
     create trigger eat before insert on ticketing.tickets for each row execute function public.eat()`,
    /warning: Triggers that no release has: eat/,
  ],
  [
    'a rule that swallows rows',
    'objects',
    'create rule swallow as on insert to ticketing.journal do instead nothing',
    /problem: Rules change what is written to ticketing\.journal/,
  ],
  [
    'a table that a crash empties',
    'objects',
    'alter table venuekit.webhooks set unlogged',
    /problem: A crash empties venuekit\.webhooks/,
  ],
  [
    'rows that are hidden from the functions',
    'objects',
    'alter table ticketing.journal enable row level security, force row level security',
    /problem: Row level security hides rows of ticketing\.journal/,
  ],
  [
    'a trigger that is gone',
    'objects',
    'drop trigger journal_append_only on ticketing.journal',
    /problem: triggers are missing: journal_append_only/,
  ],
  [
    'a trigger that is off',
    'objects',
    'alter table ticketing.journal disable trigger user',
    /problem: triggers do not hold: /,
  ],
  [
    'a migration of a newer release',
    'schema',
    "insert into venuekit.migrations values (999, '0999_tomorrow', 'x', now())",
    /problem: The database has migration 0999_tomorrow/,
  ],
  [
    'functions of a newer release',
    'schema',
    "update venuekit.release set version = '99.0.0'",
    /problem: .*functions of release 99\.0\.0/,
  ],
  [
    'functions of an older release',
    'schema',
    "update venuekit.functions set checksum = 'old' where name = 'ticketing.get_order'",
    /problem: Functions are of another release: ticketing\.get_order.*migrate/,
  ],
  [
    'a function of another release that is left',
    'schema',
    "insert into venuekit.functions values ('venuekit.of_yesterday', 'x', now())",
    /problem: .*left: venuekit\.of_yesterday/,
  ],
  [
    'a schedule of pg_cron that is off',
    'cron',
    "create schema cron; create table cron.job (jobid int, jobname text, command text, active boolean); create table cron.job_run_details (jobid int, status text, return_message text, start_time timestamptz); insert into cron.job values (1, 'purge', 'select venuekit.purge_rates()', false), (2, 'others', 'select 1', false)",
    /problem: pg_cron schedules are switched off: purge\./,
  ],
  [
    'a schedule of pg_cron that fails',
    'cron',
    "create schema cron; create table cron.job (jobid int, jobname text, command text, active boolean); create table cron.job_run_details (jobid int, status text, return_message text, start_time timestamptz); insert into cron.job values (1, 'purge', 'select venuekit.purge_rates()', true); insert into cron.job_run_details values (1, 'succeeded', '', now() - interval '1 hour'), (1, 'failed', 'no such thing', now())",
    /warning: pg_cron's last run of purge failed: no such thing/,
  ],
  [
    'a job that is stale',
    'jobs',
    "insert into venuekit.job_runs (job, slot, run_id, worker, taken_at, finished_at, failed) values ('process-webhooks', '1', gen_random_uuid(), 'w', now() - interval '1 day', now() - interval '1 day', false)",
    /problem: Jobs are stale: process-webhooks/,
  ],
]
