-- What the gateway, or the absence of its answer, makes of a refund. The caller holds the order's lock.
-- An open refund becomes `unknown`, `pending`, `succeeded`, `failed` or `cancelled`; one that had succeeded may still
-- fail, and then asks for review; one that we gave up without the gateway's word may turn out to exist after all.
-- A refund that the gateway itself called failed stays so: a `succeeded` that comes now is an older answer. One that the
-- payment had no room for is under review and unfinished, and counts as soon as there is room: news of the failure that
-- made room may come after it.
create or replace function ticketing.apply_refund_state(
  refund ticketing.refunds, state text, gateway_refund_id text, error text, moment timestamptz
) returns text
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  known ticketing.refunds;
  was_open boolean;
  had_no_room boolean;
begin
  select r.* into known from ticketing.refunds r
  where r.event_id = refund.event_id and r.order_id = refund.order_id and r.refund_id = refund.refund_id;
  was_open := known.status in ('requested', 'unknown', 'pending');
  had_no_room := known.status = 'needs_review' and known.finished_at is null;
  update ticketing.refunds r
  set gateway_refund_id = coalesce(r.gateway_refund_id, apply_refund_state.gateway_refund_id),
    last_error = coalesce(left(apply_refund_state.error, 2000), r.last_error), leased_by = null
  where r.event_id = known.event_id and r.order_id = known.order_id and r.refund_id = known.refund_id;

  if apply_refund_state.state in ('pending', 'succeeded') and (
    had_no_room
    or (known.status in ('failed', 'cancelled') and known.gateway_refund_id is null
      and apply_refund_state.gateway_refund_id is not null))
  then
    if not ticketing.reopen_refund(known, moment) then
      update ticketing.refunds r set status = 'needs_review', finished_at = null
      where r.event_id = known.event_id and r.order_id = known.order_id and r.refund_id = known.refund_id;
      return case when had_no_room then 'unchanged' else 'needs_review' end;
    end if;
    was_open := true;
  elsif had_no_room and apply_refund_state.state in ('failed', 'cancelled') then
    update ticketing.refunds r set status = apply_refund_state.state, finished_at = moment
    where r.event_id = known.event_id and r.order_id = known.order_id and r.refund_id = known.refund_id;
    return apply_refund_state.state;
  end if;

  if was_open and apply_refund_state.state in ('unknown', 'pending') then
    -- A pending one stays pending when an answer is lost. Unknown: 30 s, doubling up to an hour; pending: up to a day.
    update ticketing.refunds r
    set status = case when known.status = 'pending' then 'pending' else apply_refund_state.state end,
      next_try_at = moment + case
        when apply_refund_state.state = 'unknown' then least(30 * 2 ^ least(r.tries, 12), 3600)
        else least(900 * 2 ^ least(r.tries, 12), 86400)
      end * interval '1 second'
    where r.event_id = known.event_id and r.order_id = known.order_id and r.refund_id = known.refund_id;
    if apply_refund_state.state = 'pending' then
      perform ticketing.tell_of_refund(known, moment);
    end if;
    return apply_refund_state.state;
  elsif was_open and apply_refund_state.state = 'succeeded' then
    perform ticketing.tell_of_refund(known, moment);
    perform ticketing.finish_refund(known, moment);
    return 'succeeded';
  elsif was_open then
    perform ticketing.undo_refund(known, apply_refund_state.state, moment);
    -- Without the gateway's word it gave way to something else.
    return case
      when apply_refund_state.state = 'failed'
        or coalesce(apply_refund_state.gateway_refund_id, known.gateway_refund_id) is not null
      then ticketing.follow_failed_refund(known, moment)
      else apply_refund_state.state
    end;
  elsif known.status = 'succeeded' and apply_refund_state.state in ('failed', 'cancelled') then
    perform ticketing.review_failed_refund(known, moment);
    return 'failed_late';
  end if;
  return 'unchanged';
end
$$;

revoke execute on function ticketing.apply_refund_state from public;
