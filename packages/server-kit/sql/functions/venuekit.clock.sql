-- The only clock. The test kit replaces it; nothing else reads time, and nobody passes it in.
-- clock_timestamp() and not now(): time is judged after a lock is held, and now() is the transaction's start.
-- Its body is bound when it is made, so it needs no search path, and Postgres puts it in place of each call: as a
-- definer's function in PL/pgSQL it cost as much as three comparisons of a refusal.
create or replace function venuekit.clock() returns timestamptz
language sql volatile
return clock_timestamp();

revoke execute on function venuekit.clock from public;
