-- Events whose journal has entries old enough to be added up.
create or replace function ticketing.events_to_roll_up(max_events integer) returns jsonb
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
      left join ticketing.sales_checkpoints c on c.event_id = e.event_id
      cross join lateral (
        -- The next entry alone: where it is too young, so are those behind it.
        select j.occurred_at from ticketing.journal j
        where j.event_id = e.event_id and j.entry_id > coalesce(c.entry_id, 0)
        order by j.entry_id
        limit 1
      ) n
      where n.occurred_at < moment - interval '15 minutes'
      order by n.occurred_at
      limit max_events
    ) d
  ), '[]'));
end
$$;

revoke execute on function ticketing.events_to_roll_up from public;
grant execute on function ticketing.events_to_roll_up to venuekit_app;
