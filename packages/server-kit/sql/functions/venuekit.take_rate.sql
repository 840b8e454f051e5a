-- Counts one hit in each bucket, `[{bucket, maximum, windowSeconds}]`, in the given order, and stops at the first that
-- is full: put the narrow ones first, so that a refused caller does not fill what others share. Callers that name their
-- kinds of buckets in one order cannot wait for each other. A window begins with its first hit, so that a maximum of 1
-- is never two within the window. Asynchronous: nobody is owed a count.
create or replace function venuekit.take_rate(buckets jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  wanted record;
  counter venuekit.rate_counters;
  moment timestamptz;
begin
  perform set_config('synchronous_commit', 'off', true);
  for wanted in
    select b.value ->> 'bucket' as bucket, (b.value ->> 'maximum')::integer as maximum,
      (b.value ->> 'windowSeconds')::integer * interval '1 second' as length
    from jsonb_array_elements(take_rate.buckets) as b (value)
  loop
    moment := venuekit.clock();
    -- A full bucket answers by reading: those who come in thousands write nothing.
    select c.* into counter from venuekit.rate_counters c where c.bucket = wanted.bucket;
    if not found or counter.ends_at <= moment or counter.hits < wanted.maximum then
      insert into venuekit.rate_counters as c (bucket, ends_at, hits)
      values (wanted.bucket, moment + wanted.length, 1)
      on conflict (bucket) do update
      set hits = case when c.ends_at <= moment then 1 else c.hits + 1 end,
        ends_at = case when c.ends_at <= moment then moment + wanted.length else c.ends_at end
      returning c.* into counter;
      continue when counter.hits <= wanted.maximum;
    end if;
    return jsonb_build_object(
      'outcome', 'refused', 'bucket', wanted.bucket,
      'retryAfterMs', greatest(1, ceil(extract(epoch from counter.ends_at - moment) * 1000)::bigint));
  end loop;
  return jsonb_build_object('outcome', 'taken');
end
$$;

revoke execute on function venuekit.take_rate from public;
grant execute on function venuekit.take_rate to venuekit_app;
