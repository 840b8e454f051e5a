-- Why a job's slot may not be taken at this moment, or null where it may.
create or replace function venuekit.slot_refusal(job text, slot text, is_daily boolean, moment timestamptz)
returns text
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  if slot_refusal.slot is null then
    return 'not_due';
  end if;
  if venuekit.is_under_way(slot_refusal.job, slot_refusal.moment) then
    return 'under_way';
  end if;
  return (
    select 'taken' from venuekit.job_runs r
    where r.job = slot_refusal.job and r.slot = slot_refusal.slot
      and not venuekit.may_run_again(r, slot_refusal.is_daily, slot_refusal.moment)
  );
end
$$;

revoke execute on function venuekit.slot_refusal from public;
