-- The outbox, the latest first; of one status or event where asked, or the given messages alone.
create or replace function venuekit.list_messages(
  status text, event_id uuid, message_ids jsonb, max_messages integer
) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('messages', coalesce(jsonb_agg(
    jsonb_build_object(
      'messageId', m.message_id, 'kind', m.kind, 'eventId', m.event_id, 'orderId', m.order_id, 'version', m.version,
      'status', m.status, 'tries', m.tries, 'createdAt', venuekit.iso(m.created_at),
      'nextTryAt', case when m.status = 'waiting' then venuekit.iso(greatest(m.due_at, m.leased_until)) end,
      'sentAt', venuekit.iso(m.sent_at), 'dismissedBy', m.dismissed_by, 'lastError', m.last_error)
    order by m.created_at desc, m.message_id), '[]'))
  from (
    select * from venuekit.outbox m
    where (list_messages.status is null or m.status = list_messages.status)
      and (list_messages.event_id is null or m.event_id = list_messages.event_id)
      and (list_messages.message_ids is null or m.message_id in (
        select i.value::uuid from jsonb_array_elements_text(list_messages.message_ids) as i (value)))
    order by m.created_at desc, m.message_id
    limit list_messages.max_messages
  ) m
$$;

revoke execute on function venuekit.list_messages from public;
grant execute on function venuekit.list_messages to venuekit_app;
