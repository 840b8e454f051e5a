-- The one refund that an orphan payment can have, whoever sends it and however often.
create or replace function venuekit.orphan_refund_id(account text, session_id text) returns uuid
language sql stable security definer set search_path = ''
as $$
  select venuekit.digest_uuid(convert_to('orphan refund ' || account || ' ' || session_id, 'UTF8'))
$$;

revoke execute on function venuekit.orphan_refund_id from public;
