-- First part of the fence, one event. Durable. Due holds become `expiring`, still counted; those with no open attempt
-- are released in one batch that touches each counter once. Orders that somebody else has locked wait for the next run;
-- those of a counter that cannot give their places back wait for its repair, and keep no other tier's waiting.
-- Answers the attempts that the gateway must be asked about, oldest first and behind the one given: also those of
-- delayed payments that are older than the event allows.
create or replace function ticketing.begin_expiry(
  event_id uuid, max_orders integer, after_order uuid default null, after_attempt uuid default null
) returns jsonb
-- Planned anew each time: a plan made while the tables were empty took
-- more than 5 s at 20,000 orders, and stayed until the first analyze.
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
set plan_cache_mode = 'force_custom_plan'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  due uuid[];
  free uuid[];
  -- Counters that cannot give back what their orders hold.
  short uuid[];
  sick uuid[] := '{}';
  behind ticketing.attempts;
begin
  perform venuekit.commit_durably();
  select array_agg(d.order_id) into due
  from (
    select o.order_id from ticketing.orders o
    where o.event_id = begin_expiry.event_id and o.status = 'reserved' and o.hold_expires_at <= moment
    order by o.hold_expires_at, o.order_id
    limit begin_expiry.max_orders
    for update skip locked
  ) d;
  update ticketing.orders o set status = 'expiring', release_reason = 'expired', reason = 'hold_ended'
  where o.event_id = begin_expiry.event_id and o.order_id = any (due);

  loop
    free := ticketing.orders_to_release(begin_expiry.event_id, begin_expiry.max_orders, moment, sick);
    begin
      perform ticketing.release_orders(begin_expiry.event_id, free, moment);
      exit;
    exception when check_violation or no_data_found then
      short := ticketing.counters_short_of(begin_expiry.event_id, free);
      if short = '{}' then
        raise;
      end if;
      sick := sick || short;
    end;
  end loop;

  select a.* into behind from ticketing.attempts a
  where a.event_id = begin_expiry.event_id and a.order_id = begin_expiry.after_order
    and a.attempt_id = begin_expiry.after_attempt;
  return jsonb_build_object(
    'due', coalesce(cardinality(due), 0),
    'released', coalesce(cardinality(free), 0),
    'attempts', coalesce((
      select jsonb_agg(ticketing.attempt_json(w.attempt))
      from (
        select a as attempt
        from ticketing.attempts a
        join ticketing.orders o on o.event_id = a.event_id and o.order_id = a.order_id
        where a.event_id = begin_expiry.event_id and a.status <> 'closed'
          and o.status <> 'reserved'
          and (o.status <> 'payment_pending' or coalesce(o.hold_expires_at, o.hold_ends_at) <= moment)
          and (behind.attempt_id is null or (a.begun_at, a.attempt_id) > (behind.begun_at, behind.attempt_id))
        order by a.begun_at, a.attempt_id
        limit begin_expiry.max_orders
      ) w
    ), '[]'));
end
$$;

revoke execute on function ticketing.begin_expiry from public;
grant execute on function ticketing.begin_expiry to venuekit_app;
