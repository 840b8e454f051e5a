-- A UUIDv8 from the sha256 of some bytes: the same identity for ever, and never a secret.
create or replace function venuekit.digest_uuid(content bytea) returns uuid
language sql immutable strict parallel safe security definer set search_path = ''
as $$
  select encode(
    set_byte(set_byte(d.hash, 6, (get_byte(d.hash, 6) & 15) | 128), 8, (get_byte(d.hash, 8) & 63) | 128), 'hex'
  )::uuid
  from (select substring(sha256(content) from 1 for 16) as hash) d
$$;

revoke execute on function venuekit.digest_uuid from public;
