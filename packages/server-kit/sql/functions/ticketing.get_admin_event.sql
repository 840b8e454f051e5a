create or replace function ticketing.get_admin_event(event_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  shown jsonb := ticketing.event_json(get_admin_event.event_id, venuekit.clock(), true);
begin
  if shown is null then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  return jsonb_build_object('outcome', 'found', 'event', shown);
end
$$;

revoke execute on function ticketing.get_admin_event from public;
grant execute on function ticketing.get_admin_event to venuekit_app;
