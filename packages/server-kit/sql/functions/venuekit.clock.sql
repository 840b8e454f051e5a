-- The only clock. The test kit replaces it; nothing else reads time, and nobody passes it in.
-- clock_timestamp() and not now(): time is judged after a lock is held, and now() is the transaction's start.
create or replace function venuekit.clock() returns timestamptz
language sql volatile security definer set search_path = ''
as $$
  select pg_catalog.clock_timestamp()
$$;

revoke execute on function venuekit.clock from public;
