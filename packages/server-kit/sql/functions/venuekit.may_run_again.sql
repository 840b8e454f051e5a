-- Whether a slot that has this run may be taken once more: a daily one half an hour after it failed, or ten minutes
-- after its worker fell silent, since a day is long to wait. A period is soon followed by the next.
-- Either may where it was taken in the future: the server's clock was put right since.
create or replace function venuekit.may_run_again(run venuekit.job_runs, is_daily boolean, moment timestamptz)
returns boolean
language plpgsql stable security definer set search_path = ''
as $$
begin
  return run.taken_at > moment + interval '1 minute' or is_daily and case
    when run.finished_at is null then coalesce(run.touched_at, run.taken_at) <= moment - interval '10 minutes'
    else run.failed and run.finished_at <= moment - interval '30 minutes'
  end;
end
$$;

revoke execute on function venuekit.may_run_again from public;
