create or replace function venuekit.create_venue(venue_id uuid, name text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  insert into venuekit.venues (venue_id, name, created_at)
  values (create_venue.venue_id, create_venue.name, moment)
  on conflict (venue_id) do nothing;
  return jsonb_build_object('outcome', case when found then 'created' else 'exists' end);
end
$$;

revoke execute on function venuekit.create_venue from public;
grant execute on function venuekit.create_venue to venuekit_app;
