-- The slot that a job has at this moment, or null where it has none yet. A period's slot is its number since 1970. A
-- daily job's slot is the local date, from `daily_at` on by the local clock: an hour that the clocks skip or repeat
-- (cron libraries: never in Chicago's spring, twice in Sydney's autumn) changes nothing.
create or replace function venuekit.job_slot(
  moment timestamptz, every_seconds integer, daily_at text, time_zone text
) returns text
language plpgsql stable security definer set search_path = ''
as $$
declare
  local_time timestamp;
begin
  if job_slot.daily_at is null then
    return floor(extract(epoch from job_slot.moment) / job_slot.every_seconds)::bigint::text;
  end if;
  local_time := job_slot.moment at time zone coalesce(job_slot.time_zone, 'UTC');
  return case when local_time::time >= job_slot.daily_at::time then to_char(local_time, 'YYYY-MM-DD') end;
end
$$;

revoke execute on function venuekit.job_slot from public;
