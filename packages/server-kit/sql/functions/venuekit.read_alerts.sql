-- Alerts for a person to look at: what is open, the newest first, and what was resolved last.
create or replace function venuekit.read_alerts(max_open integer, max_resolved integer) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'openCount', (select count(*) from venuekit.alerts a where a.resolved_at is null),
    'open', coalesce((
      select jsonb_agg(venuekit.alert_json(a) order by a.raised_at desc, a.fingerprint)
      from (
        select a.* from venuekit.alerts a where a.resolved_at is null order by a.raised_at desc limit max_open
      ) a
    ), '[]'),
    'resolved', coalesce((
      select jsonb_agg(venuekit.alert_json(a) order by a.resolved_at desc, a.fingerprint)
      from (
        select a.* from venuekit.alerts a where a.resolved_at is not null order by a.resolved_at desc limit max_resolved
      ) a
    ), '[]'))
$$;

revoke execute on function venuekit.read_alerts from public;
