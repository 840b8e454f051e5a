-- Leases to a worker what is due to the buyers, or to the host; another one sees it again only once the lease is over.
-- Left out for now: what belongs to an event or order of `busy_ids`. One that was tried thirty times and whose worker
-- died each time is given up, as `fail_message` would.
create or replace function venuekit.take_messages(
  recipient text, max_messages integer, worker text, lease_seconds integer, busy_ids jsonb
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
-- Stays on the index of what is due, by its order, where the table was never analyzed.
set enable_sort = off set enable_bitmapscan = off set enable_hashjoin = off
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  taken jsonb;
begin
  perform venuekit.commit_durably();
  with worn as (
    select m.message_id from venuekit.outbox m
    where m.status = 'waiting' and m.tries >= 30 and m.leased_until <= moment
    limit 10
    for update skip locked
  )
  update venuekit.outbox m
  set status = 'dead', leased_until = null, leased_by = null, last_error = 'its worker died each time'
  from worn w where m.message_id = w.message_id;

  with due as (
    select m.message_id from venuekit.outbox m
    where m.status = 'waiting' and m.due_at <= moment
      and case m.kind when 'fulfilled' then 'host' else 'buyer' end = take_messages.recipient
      and (m.leased_until is null or m.leased_until <= moment)
      and not take_messages.busy_ids ?| array[m.event_id::text, m.order_id::text]
    order by m.due_at, m.message_id
    limit take_messages.max_messages
    for update skip locked
  ), leased as (
    update venuekit.outbox m
    set leased_by = take_messages.worker, tries = m.tries + 1,
      leased_until = moment + take_messages.lease_seconds * interval '1 second'
    from due d where m.message_id = d.message_id
    returning m.*
  )
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'messageId', t.message_id, 'kind', t.kind, 'eventId', t.event_id, 'orderId', t.order_id,
      'version', t.version, 'tries', t.tries - 1)
    order by t.due_at, t.message_id), '[]')
  into taken
  from leased t;
  return jsonb_build_object('messages', taken);
end
$$;

revoke execute on function venuekit.take_messages from public;
grant execute on function venuekit.take_messages to venuekit_app;
