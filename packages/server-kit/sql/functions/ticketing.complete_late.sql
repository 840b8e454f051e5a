-- Paid after the places were given back. An expired order gets them again while there is room and the event is on;
-- otherwise, and for a cancelled one, the money goes back and the buyer is told.
create or replace function ticketing.complete_late(
  bought ticketing.orders, payment jsonb, source jsonb, moment timestamptz, out outcome text, out reason text
)
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  select case
    when bought.status = 'cancelled' then 'order_cancelled'
    when e.status = 'cancelled' then 'event_cancelled'
    when e.over_at <= complete_late.moment then 'event_over'
  end into reason
  from ticketing.events e where e.event_id = bought.event_id;
  if reason is null then
    begin
      perform ticketing.record_payment(bought, payment, source, 'applied', null, moment);
      perform ticketing.issue_order(bought, true, source, moment);
      outcome := 'issued_late';
      return;
    exception when sqlstate 'VK001' then
      reason := 'no_room';
    end;
  end if;

  update ticketing.orders o set status = 'refund_due', reason = complete_late.reason
  where o.event_id = bought.event_id and o.order_id = bought.order_id;
  perform ticketing.record_payment(bought, payment, source, 'refund_due', reason, moment);
  outcome := 'refund_due';
end
$$;

revoke execute on function ticketing.complete_late from public;
