-- Events whose checkpoint is due, the oldest first: each run for one whose show is to come or was yesterday, once a day
-- for the others. A checkpoint of the future counts as none: the server's clock was put right since.
create or replace function ticketing.events_to_check(max_events integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  return jsonb_build_object('eventIds', coalesce((
    select jsonb_agg(d.event_id)
    from (
      select e.event_id
      from ticketing.events e
      left join ticketing.health_checkpoints c on c.event_id = e.event_id
      where c.checked_at is null or e.over_at >= moment - interval '1 day'
        or c.checked_at < moment - interval '1 day' or c.checked_at > moment
      order by case when c.checked_at <= moment then c.checked_at end nulls first, e.event_id
      limit max_events
    ) d
  ), '[]'));
end
$$;

revoke execute on function ticketing.events_to_check from public;
grant execute on function ticketing.events_to_check to venuekit_app;
