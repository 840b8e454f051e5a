-- Pending webhooks whose next try is due, oldest first. No lease: each try is idempotent.
create or replace function venuekit.due_webhooks(max_webhooks integer) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
  moment timestamptz := venuekit.clock();
begin
  return jsonb_build_object('webhooks', coalesce((
    select jsonb_agg(jsonb_build_object(
      'account', d.account, 'gatewayEventId', d.gateway_event_id, 'type', d.type, 'mode', d.mode,
      'payload', d.payload, 'tries', d.tries))
    from (
      select w.* from venuekit.webhooks w
      where w.status = 'pending' and w.next_try_at <= moment
      order by w.next_try_at
      limit max_webhooks
    ) d
  ), '[]'));
end
$$;

revoke execute on function venuekit.due_webhooks from public;
grant execute on function venuekit.due_webhooks to venuekit_app;
