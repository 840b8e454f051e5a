-- An admin's decision to honour the payment under review: of several the one against which nothing stood but the review
-- itself, else the first. Without room, or where the show is off, the order stays where it is.
create or replace function ticketing.fulfil_reviewed_order(
  bought ticketing.orders, source jsonb, moment timestamptz, out outcome text, out reason text
)
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  paid ticketing.payments;
begin
  select p.* into paid from ticketing.payments p
  where p.event_id = bought.event_id and p.order_id = bought.order_id and p.status = 'needs_review'
  order by p.reason = 'order_under_review' desc, p.received_at, p.payment_id
  limit 1;
  if not found then
    outcome := 'payment_required';
    return;
  elsif exists (
    select from ticketing.events e where e.event_id = bought.event_id and e.status = 'cancelled'
  ) then
    outcome := 'needs_review';
    reason := 'event_cancelled';
    return;
  end if;
  update ticketing.payments p set status = 'applied'
  where p.event_id = paid.event_id and p.order_id = paid.order_id and p.payment_id = paid.payment_id;
  perform ticketing.issue_order(bought, bought.released_at is not null, source, moment);
  perform ticketing.close_paid_attempt(paid, moment);
  outcome := case when bought.released_at is null then 'issued' else 'issued_late' end;
exception when sqlstate 'VK001' then
  outcome := 'needs_review';
  reason := 'no_room';
end
$$;

revoke execute on function ticketing.fulfil_reviewed_order from public;
