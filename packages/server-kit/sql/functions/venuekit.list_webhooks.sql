-- The inbox without its payloads, the latest first; of one status where asked, or the given events alone.
create or replace function venuekit.list_webhooks(status text, gateway_event_ids jsonb, max_webhooks integer)
returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('webhooks', coalesce(jsonb_agg(
    jsonb_build_object(
      'account', w.account, 'gatewayEventId', w.gateway_event_id, 'type', w.type, 'mode', w.mode,
      'status', w.status, 'tries', w.tries, 'receivedAt', venuekit.iso(w.received_at),
      'nextTryAt', case when w.status = 'pending' then venuekit.iso(w.next_try_at) end,
      'finishedAt', venuekit.iso(w.finished_at), 'note', w.note, 'lastError', w.last_error)
    order by w.received_at desc, w.gateway_event_id), '[]'))
  from (
    select * from venuekit.webhooks w
    where (list_webhooks.status is null or w.status = list_webhooks.status)
      and (list_webhooks.gateway_event_ids is null or w.gateway_event_id in (
        select i.value from jsonb_array_elements_text(list_webhooks.gateway_event_ids) as i (value)))
    order by w.received_at desc, w.gateway_event_id
    limit list_webhooks.max_webhooks
  ) w
$$;

revoke execute on function venuekit.list_webhooks from public;
grant execute on function venuekit.list_webhooks to venuekit_app;
