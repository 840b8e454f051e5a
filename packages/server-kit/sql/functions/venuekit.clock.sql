-- The only clock. The test kit replaces it; nothing else reads time, and nobody passes it in.
-- clock_timestamp() and not now(): time is judged after a lock is held, and now() is the transaction's start.
create or replace function venuekit.clock() returns timestamptz
language plpgsql volatile security definer set search_path = ''
as $$
begin
  return clock_timestamp();
end
$$;

revoke execute on function venuekit.clock from public;
