-- Creates the key, or sets its origins anew. A key never moves to another venue.
create or replace function venuekit.set_key(publishable_key text, venue_id uuid, allowed_origins jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  origins text[] := array(select jsonb_array_elements_text(set_key.allowed_origins));
begin
  perform venuekit.commit_durably();
  insert into venuekit.publishable_keys as k (publishable_key, venue_id, allowed_origins, created_at)
  values (set_key.publishable_key, set_key.venue_id, origins, moment)
  on conflict (publishable_key) do update set allowed_origins = excluded.allowed_origins, revoked_at = null
  where k.venue_id = excluded.venue_id;
  if not found then
    raise exception 'publishable key % belongs to another venue', set_key.publishable_key using errcode = '22023';
  end if;
  return jsonb_build_object('outcome', 'set');
end
$$;

revoke execute on function venuekit.set_key from public;
grant execute on function venuekit.set_key to venuekit_app;
