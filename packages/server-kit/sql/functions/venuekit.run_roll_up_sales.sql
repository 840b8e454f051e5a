-- The job `roll-up-sales` by the database alone, for schedulers in it: in its own slot, a hundred events at most, one
-- stretch of each. One transaction for all of them, beside which a worker that was frozen may still add up an event: so it
-- locks all that it will, the events first and what they share after them, before it adds anything up. An event that
-- cannot be added up keeps no other waiting; the run counts as failed, and its report says why.
create or replace function venuekit.run_roll_up_sales() returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
declare
  run jsonb := venuekit.take_job_slot('roll-up-sales', 'pg_cron', 60, null, null);
  event_ids uuid[];
  next_id uuid;
  entries integer := 0;
  faults text[] := '{}';
  report jsonb;
begin
  if not (run ->> 'taken')::boolean then
    return run;
  end if;
  event_ids := array(
    select e.id::uuid from jsonb_array_elements_text(ticketing.events_to_roll_up(100) -> 'eventIds') as e (id) order by 1);
  foreach next_id in array event_ids loop
    perform ticketing.lock_sales(next_id);
  end loop;
  lock table venuekit.sales_periods in share row exclusive mode;
  foreach next_id in array event_ids loop
    begin
      entries := entries + (ticketing.roll_up_sales(next_id, 20000) ->> 'rolledUp')::integer;
    exception when others then
      faults := faults || format('%s: %s', next_id, sqlerrm);
    end;
  end loop;
  report := jsonb_build_object('events', cardinality(event_ids), 'entries', entries);
  if cardinality(faults) > 0 then
    report := report || jsonb_build_object('error', format(
      '%s of %s events failed: %s', cardinality(faults), cardinality(event_ids), array_to_string(faults[1:3], '; ')));
  end if;
  perform venuekit.finish_job_slot(
    'roll-up-sales', run ->> 'slot', (run ->> 'runId')::uuid, cardinality(faults) > 0, report);
  return run || jsonb_build_object('report', report);
end
$$;

revoke execute on function venuekit.run_roll_up_sales from public;
