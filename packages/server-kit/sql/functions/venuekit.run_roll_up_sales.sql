-- The job `roll-up-sales` by the database alone, for schedulers in it: in its own slot, a hundred events at most, one
-- stretch of each.
create or replace function venuekit.run_roll_up_sales() returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
declare
  run jsonb := venuekit.take_job_slot('roll-up-sales', 'pg_cron', 60, null, null);
  rolled jsonb;
  event_id text;
  events integer := 0;
  entries integer := 0;
  report jsonb;
begin
  if not (run ->> 'taken')::boolean then
    return run;
  end if;
  for event_id in select jsonb_array_elements_text(ticketing.events_to_roll_up(100) -> 'eventIds') loop
    rolled := ticketing.roll_up_sales(event_id::uuid, 20000);
    events := events + 1;
    entries := entries + (rolled ->> 'rolledUp')::integer;
  end loop;
  report := jsonb_build_object('events', events, 'entries', entries);
  perform venuekit.finish_job_slot('roll-up-sales', run ->> 'slot', (run ->> 'runId')::uuid, false, report);
  return run || jsonb_build_object('report', report);
end
$$;

revoke execute on function venuekit.run_roll_up_sales from public;
