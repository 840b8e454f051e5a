-- ISO 8601 in UTC with milliseconds, as JavaScript writes it; null stays null. Bound and put in place like the clock.
create or replace function venuekit.iso(moment timestamptz) returns text
language sql stable strict parallel safe
return to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

revoke execute on function venuekit.iso from public;
