-- What a `refund` message tells of: the amount, and whether tickets went with it.
create or replace function ticketing.get_refund_message(event_id uuid, order_id uuid, version integer) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce((
    select jsonb_build_object('outcome', 'found', 'refund', ticketing.refund_json(r))
    from ticketing.refunds r
    where r.event_id = get_refund_message.event_id and r.order_id = get_refund_message.order_id
      and r.message_version = get_refund_message.version
    limit 1
  ), '{"outcome": "not_found"}')
$$;

revoke execute on function ticketing.get_refund_message from public;
grant execute on function ticketing.get_refund_message to venuekit_app;
