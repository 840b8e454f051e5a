-- A keyset position: microseconds in hexadecimal, then the id. Compared by code unit.
create or replace function feed.sort_key(moment timestamptz, id uuid) returns text
language sql immutable security definer set search_path = ''
as $$
  select lpad(to_hex((extract(epoch from sort_key.moment) * 1000000)::bigint), 14, '0') || '-' || sort_key.id
$$;

revoke execute on function feed.sort_key from public;
