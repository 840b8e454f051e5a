-- Messages that were given up, or that have waited for a quarter of an hour; not tickets that the buyer has got since.
create or replace function ticketing.find_unsent_messages(event_id uuid) returns setof ticketing.finding
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  return query
  select 'unsent_messages', m.event_id, null::uuid, null::uuid, m.order_id, m.message_id::text, 1,
    jsonb_build_object('message', m.kind, 'status', m.status, 'tries', m.tries,
      'createdAt', venuekit.iso(m.created_at)),
    format('The %s message of order %s %s since %s (%s tries).', m.kind, m.order_id,
      case m.status when 'dead' then 'was given up; it waits' else 'has waited' end, venuekit.iso(m.created_at),
      m.tries),
    false
  from venuekit.outbox m
  where m.event_id = find_unsent_messages.event_id and m.status <> 'sent' and m.status <> 'dismissed'
    and (m.status = 'dead' or m.created_at < moment - interval '15 minutes')
    and not (m.status = 'dead' and m.kind in ('tickets', 'tickets_late') and exists (
      select from venuekit.outbox s
      where s.event_id = m.event_id and s.order_id = m.order_id and s.kind = 'tickets' and s.status = 'sent'
        and s.created_at > m.created_at));
end
$$;

revoke execute on function ticketing.find_unsent_messages from public;
grant execute on function ticketing.find_unsent_messages to venuekit_ops;
