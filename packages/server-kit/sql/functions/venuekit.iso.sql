-- ISO 8601 in UTC with milliseconds, as JavaScript writes it; null stays null.
-- Not in SQL: before Postgres 18 each transaction would parse and plan a statement for it anew.
create or replace function venuekit.iso(moment timestamptz) returns text
language plpgsql immutable strict parallel safe security definer set search_path = ''
as $$
begin
  return to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
end
$$;

revoke execute on function venuekit.iso from public;
