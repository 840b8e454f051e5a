-- A check-in that admitted, as the door is told of it.
create or replace function ticketing.admission_json(admitted ticketing.check_ins) returns jsonb
language sql immutable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'nonce', admitted.nonce, 'at', venuekit.iso(coalesce(admitted.scanned_at, admitted.recorded_at)),
    'recordedAt', venuekit.iso(admitted.recorded_at), 'gate', admitted.gate, 'device', admitted.device)
$$;

revoke execute on function ticketing.admission_json from public;
