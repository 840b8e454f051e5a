create or replace function venuekit.find_key(publishable_key text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  found_key venuekit.publishable_keys;
begin
  select k.* into found_key from venuekit.publishable_keys k
  where k.publishable_key = find_key.publishable_key and k.revoked_at is null;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  return jsonb_build_object('outcome', 'found', 'key', jsonb_build_object(
    'keyId', found_key.publishable_key, 'venueId', found_key.venue_id,
    'allowedOrigins', to_jsonb(found_key.allowed_origins)));
end
$$;

revoke execute on function venuekit.find_key from public;
grant execute on function venuekit.find_key to venuekit_app;
