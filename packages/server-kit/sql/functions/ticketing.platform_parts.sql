-- The parts of all events added up, and those that belong to no event. An event's part is its checkpoint; where that is
-- missing, of the future (the server's clock was put right since), or older than the job would leave it (a quarter of an
-- hour, a day and an hour for a show that is over), it is not believed and the event is looked at here and now: a job that
-- stands still makes this slow, never wrong.
create or replace function ticketing.platform_parts() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  return (
    select jsonb_object_agg(a.kind, a.amount)
    from (
      select p.key as kind, least(sum(p.value::integer), 2147483647)::integer as amount
      from (
        select ticketing.health_parts(null) as parts
        union all
        select case
          when c.checked_at > moment - case
            when e.over_at < moment - interval '1 day' then interval '25 hours' else interval '15 minutes' end
            and c.checked_at <= moment
          then c.parts
          else ticketing.health_parts(e.event_id)
        end
        from ticketing.events e
        left join ticketing.health_checkpoints c on c.event_id = e.event_id
        union all
        select jsonb_build_object(
          'dead_webhooks', count(*) filter (where f.kind = 'dead_webhooks'),
          'orphan_payments', count(*) filter (where f.kind = 'orphan_payments'))
        from venuekit.inbox_findings() as f
      ) s
      cross join lateral jsonb_each_text(s.parts) as p
      group by p.key
    ) a
  );
end
$$;

revoke execute on function ticketing.platform_parts from public;
grant execute on function ticketing.platform_parts to venuekit_ops;
