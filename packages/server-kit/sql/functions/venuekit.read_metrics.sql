-- What a monitor watches, as numbers: each is read from an index of what waits or is wrong alone, so that asking every
-- few seconds costs nothing beside sales. Health is what `check-health` keeps of each event; `jobs` as in
-- `venuekit.list_jobs`. Planned anew each time: a plan made while tables were empty reads them whole once they are not.
-- Only a statement with a parameter is, hence each compares with the present moment.
create or replace function venuekit.read_metrics(jobs jsonb) returns jsonb
language plpgsql volatile security definer set search_path = ''
set plan_cache_mode = 'force_custom_plan'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  return jsonb_build_object(
    'inbox', (
      select jsonb_build_object('waiting', count(*), 'oldestSeconds', extract(epoch from moment - min(w.received_at)))
      from venuekit.webhooks w where w.status = 'pending'
    ) || jsonb_build_object('dead', (select count(*) from venuekit.webhooks w where w.status = 'dead' and w.received_at <= moment)),
    'orphanPayments', jsonb_build_object('waiting', 0, 'review', 0, 'refunding', 0) || coalesce((
      select jsonb_object_agg(s.status, s.count)
      from (
        select o.status, count(*) from venuekit.orphan_payments o
        where o.status in ('waiting', 'review', 'refunding') and o.first_seen_at <= moment group by o.status
      ) s
    ), '{}'),
    'outbox', (
      select jsonb_build_object(
        'waiting', count(*) filter (where m.status = 'waiting'), 'dead', count(*) filter (where m.status = 'dead'),
        'oldestSeconds', extract(epoch from moment - min(m.created_at) filter (where m.status = 'waiting')))
      from venuekit.outbox m where m.status <> 'sent'
    ),
    'refunds', jsonb_build_object('requested', 0, 'unknown', 0, 'pending', 0) || coalesce((
      select jsonb_object_agg(s.status, s.count)
      from (
        select r.status, count(*) from ticketing.refunds r
        where r.status in ('requested', 'unknown', 'pending') and r.requested_at <= moment group by r.status
      ) s
    ), '{}') || jsonb_build_object(
      'needs_review', (
        select count(*) from ticketing.refunds r where r.status = 'needs_review' and r.requested_at <= moment)),
    'reservations', (
      select jsonb_build_object(
        'live', count(*) filter (where o.hold_expires_at > moment),
        'overdue', count(*) filter (where o.hold_expires_at <= moment))
      from ticketing.orders o where o.status in ('reserved', 'expiring')
    ) || jsonb_build_object(
      'payment_pending', (
        select count(*) from ticketing.orders o where o.status = 'payment_pending' and o.created_at <= moment)),
    'health', ticketing.findings_to_parts('{}') || coalesce((
      select jsonb_object_agg(s.part, s.amount)
      from (
        select p.key as part, least(sum(p.value::integer), 2147483647)::integer as amount
        from ticketing.health_checkpoints c
        cross join lateral jsonb_each_text(c.parts) as p
        where c.score > 0 and c.checked_at <= moment
        group by p.key
      ) s
    ), '{}'),
    'alerts', coalesce((
      select jsonb_object_agg(s.kind, s.count)
      from (select a.kind, count(*) from venuekit.alerts a
        where a.resolved_at is null and a.raised_at <= moment group by a.kind) s
    ), '{}'),
    'jobs', venuekit.list_jobs(read_metrics.jobs) -> 'jobs');
end
$$;

revoke execute on function venuekit.read_metrics from public;
grant execute on function venuekit.read_metrics to venuekit_app;
