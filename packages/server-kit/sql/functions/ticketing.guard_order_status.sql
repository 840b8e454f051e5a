-- The allowed transitions, and the end of the fence: no release while an attempt is open.
create or replace function ticketing.guard_order_status() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    raise exception 'an order begins as reserved, not as %', new.status
      using errcode = '23514', constraint = 'order_begins_reserved';
  end if;

  if (old.status || ' > ' || new.status) <> all (array[
    'reserved > expiring', 'reserved > payment_pending', 'reserved > fulfilled', 'reserved > needs_review',
    'expiring > expired', 'expiring > cancelled', 'expiring > payment_pending', 'expiring > fulfilled',
    'expiring > needs_review',
    'payment_pending > fulfilled', 'payment_pending > expired', 'payment_pending > needs_review',
    'expired > fulfilled', 'expired > refund_due', 'expired > needs_review',
    'cancelled > refund_due', 'cancelled > needs_review',
    'needs_review > fulfilled', 'needs_review > refund_due',
    'refund_due > refunded', 'fulfilled > refunded'
  ]) then
    raise exception 'order % may not go from % to %', new.order_id, old.status, new.status
      using errcode = '23514', constraint = 'order_transition_allowed';
  end if;

  if (new.status = 'expiring' and new.release_reason is null)
    or (old.status = 'expiring' and new.status in ('expired', 'cancelled') and new.status::text <> new.release_reason::text)
  then
    raise exception 'order % goes to % but its release reason is %', new.order_id, new.status, new.release_reason
      using errcode = '23514', constraint = 'order_released_as_said';
  end if;
  if new.status = 'fulfilled' and new.fulfilled_at is null then
    raise exception 'order % is fulfilled at no time', new.order_id
      using errcode = '23514', constraint = 'fulfilled_order_has_its_time';
  end if;
  if old.status = 'needs_review' and new.reviewed_by is null then
    raise exception 'order % leaves its review only by an actor', new.order_id
      using errcode = '23514', constraint = 'review_decided_by_an_actor';
  end if;
  if new.status in ('expired', 'cancelled') and exists (
    select from ticketing.attempts a
    where a.event_id = new.event_id and a.order_id = new.order_id and a.status <> 'closed'
  ) then
    raise exception 'order % has an open attempt: its places stay taken until the gateway has spoken', new.order_id
      using errcode = '23514', constraint = 'no_release_while_attempt_is_open';
  end if;
  return new;
end
$$;

create or replace trigger order_begins_reserved before insert on ticketing.orders
for each row when (new.status <> 'reserved') execute function ticketing.guard_order_status();

create or replace trigger order_transition_allowed before update of status on ticketing.orders
for each row when (old.status <> new.status) execute function ticketing.guard_order_status();

revoke execute on function ticketing.guard_order_status from public;
