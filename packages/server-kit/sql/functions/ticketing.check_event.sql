-- Looks one event through, whole, and keeps the result as its checkpoint. Answers what is wrong now, which kinds
-- were wrong at the last look and no longer are, and when it looked.
create or replace function ticketing.check_event(event_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz;
  shown ticketing.events;
  mark bigint;
  before jsonb;
  found_now ticketing.finding[];
  now_parts jsonb;
  counters_wrong boolean;
begin
  select e.* into shown from ticketing.events e where e.event_id = check_event.event_id;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  insert into ticketing.health_checkpoints (event_id, checked_at, score, parts, entry_id, faulty_orders)
  values (shown.event_id, '-infinity', 0, '{}', 0, '{}')
  on conflict do nothing;
  select c.parts into before from ticketing.health_checkpoints c where c.event_id = shown.event_id for update;
  moment := venuekit.clock();
  found_now := array(select f from ticketing.event_findings(shown.event_id) as f);
  now_parts := ticketing.findings_to_parts(found_now);
  counters_wrong := exists (select from unnest(found_now) as f where num_nonnulls(f.tier_id, f.pool_id) > 0);

  -- Not up to the newest entry: a transaction under way may commit one with a lower number. One that lasts longer than a
  -- minute shows as a drift of a large event until the next look, and raises nothing. A longer tail would cost each
  -- reading of an event that sells hundreds of places a second.
  select coalesce(max(j.entry_id), 0) into mark from ticketing.journal j
  where j.event_id = shown.event_id and j.occurred_at < moment - interval '1 minute';
  delete from ticketing.counter_checkpoints c where c.event_id = shown.event_id;
  insert into ticketing.counter_checkpoints (
    event_id, counter_id, capacity, reserved, issued, held_beyond, taken_beyond)
  -- The whole journal less its tail. Where no counter is wrong it adds up to the counters, and orders say the same:
  -- nothing is added up again.
  select shown.event_id, t.counter_id, t.capacity - coalesce(s.capacity, 0), t.reserved - coalesce(s.reserved, 0),
    t.issued - coalesce(s.issued, 0), t.held - t.reserved, t.taken - t.issued
  from (
    select coalesce(c.tier_id, c.pool_id) as counter_id, c.journal_capacity as capacity,
      c.journal_reserved as reserved, c.journal_issued as issued, c.held, c.taken
    from ticketing.counter_truths(array[shown.event_id]) as c where counters_wrong
    union all
    select i.tier_id, i.capacity, i.reserved, i.issued, i.reserved, i.issued from ticketing.tier_inventory i
    where i.event_id = shown.event_id and not counters_wrong
    union all
    select i.pool_id, i.capacity, i.reserved, i.issued, i.reserved, i.issued from ticketing.pool_inventory i
    where i.event_id = shown.event_id and not counters_wrong
  ) t
  left join (
    select coalesce(j.tier_id, j.pool_id) as counter_id, sum(j.capacity_delta)::integer as capacity,
      sum(j.reserved_delta)::integer as reserved, sum(j.issued_delta)::integer as issued
    from ticketing.journal j
    where j.event_id = shown.event_id and j.payment_id is null and j.entry_id > mark
    group by 1
  ) s on s.counter_id = t.counter_id;

  update ticketing.health_checkpoints c
  set checked_at = moment, score = ticketing.health_score(now_parts), parts = now_parts, entry_id = mark,
    faulty_orders = array(select distinct f.order_id from unnest(found_now) as f where f.order_id is not null)
  where c.event_id = shown.event_id;
  return jsonb_build_object(
    'outcome', 'checked', 'eventId', shown.event_id, 'name', shown.name, 'score', ticketing.health_score(now_parts),
    'parts', now_parts, 'lookedAt', venuekit.iso(moment),
    'mended', coalesce((
      select jsonb_agg(b.key) from jsonb_each_text(before) as b
      where b.value::integer > 0 and coalesce((now_parts ->> b.key)::integer, 0) = 0
    ), '[]'));
end
$$;

revoke execute on function ticketing.check_event from public;
grant execute on function ticketing.check_event to venuekit_app;
