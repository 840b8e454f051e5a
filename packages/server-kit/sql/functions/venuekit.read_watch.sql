-- What is watched beside any event: queues that do not get on, sinks that take nothing, webhooks that do not come, come
-- late, or are not signed by the gateway. Messages and refunds wait from when they are due: one that is tried again and
-- again holds nobody up. Each figure reads an index of what waits alone, or of what is new.
create or replace function venuekit.read_watch(silence_seconds integer, signature_seconds integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  return jsonb_build_object(
    'lookedAt', venuekit.iso(moment),
    'inbox', (
      select jsonb_build_object(
        'waiting', count(*), 'oldestSeconds', floor(extract(epoch from moment - min(w.received_at)))::bigint,
        -- From the gateway's own clock to ours; the median, for one that was delivered again after days is no delay.
        'deliverySeconds', (
          select floor(percentile_cont(0.5) within group (
            order by extract(epoch from r.received_at) - (r.payload ->> 'created')::numeric))::bigint
          from (
            select n.received_at, n.payload from venuekit.webhooks n
            where n.received_at > moment - interval '15 minutes' and jsonb_typeof(n.payload -> 'created') = 'number'
            order by n.received_at desc
            limit 20
          ) r))
      from venuekit.webhooks w where w.status = 'pending'
    ),
    'outbox', (
      select jsonb_build_object(
        'waiting', count(*), 'oldestSeconds', floor(extract(epoch from moment - min(m.due_at)))::bigint)
      from venuekit.outbox m where m.status = 'waiting' and m.due_at <= moment
    ),
    'refunds', (
      select jsonb_build_object(
        'waiting', count(*), 'oldestSeconds', floor(extract(epoch from moment - min(r.next_try_at)))::bigint)
      from ticketing.refunds r
      where r.status in ('requested', 'unknown') and r.next_try_at <= moment
        and not ticketing.is_disputed(r.event_id, r.payment_id)
    ),
    'sinks', coalesce((
      select jsonb_agg(jsonb_build_object(
        'sink', s.sink,
        'waiting', (
          select count(*) from venuekit.alert_deliveries d
          where d.sink = s.sink and d.owed and d.due_at <= moment),
        'refused', s.refused,
        'failingSeconds', floor(extract(epoch from moment - s.failing_since))::bigint) order by s.sink)
      from (
        -- Six tries take a quarter of an hour.
        select k.*, (
          select count(*) from venuekit.alert_deliveries d where d.sink = k.sink and d.owed and d.tries >= 6) as refused
        from venuekit.alert_sinks k
        where k.asked_at > moment - interval '1 day'
      ) s
      where s.failing_since is not null or s.refused > 0
    ), '[]'),
    'silence', venuekit.silent_checkouts(read_watch.silence_seconds, moment),
    'signatures', coalesce((
      select jsonb_agg(jsonb_build_object('gateway', f.gateway, 'failures', f.failures) order by f.gateway)
      from (
        select s.gateway, sum(s.failures)::bigint as failures from venuekit.signature_failures s
        where s.minute > moment - read_watch.signature_seconds * interval '1 second'
        group by s.gateway
      ) f
    ), '[]'));
end
$$;

revoke execute on function venuekit.read_watch from public;
grant execute on function venuekit.read_watch to venuekit_app;
