-- Whether a run of this job is under way: one whose worker said so in the last two minutes. Of what was said in the
-- future it counts nothing: the server's clock was put right since.
create or replace function venuekit.is_under_way(job text, moment timestamptz) returns boolean
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  return exists (
    select from venuekit.job_runs r
    where r.job = is_under_way.job and r.finished_at is null
      and coalesce(r.touched_at, r.taken_at) > is_under_way.moment - interval '2 minutes'
      and coalesce(r.touched_at, r.taken_at) < is_under_way.moment + interval '1 minute'
  );
end
$$;

revoke execute on function venuekit.is_under_way from public;
