-- The part of `complete_order_atomic` for orders that cost nothing, and for an admin's word on one under review.
create or replace function ticketing.complete_without_payment(
  bought ticketing.orders, source jsonb, moment timestamptz, out outcome text, out reason text
)
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  if bought.total_minor > 0 then
    if bought.status = 'needs_review' and source ->> 'kind' = 'admin' then
      select * into outcome, reason from ticketing.fulfil_reviewed_order(bought, source, moment);
    else
      outcome := 'payment_required';
    end if;
  elsif bought.status = 'fulfilled' then
    select * into outcome, reason from ticketing.replay_order(bought, source, moment);
  elsif bought.status in ('reserved', 'expiring', 'payment_pending')
    or (bought.status = 'needs_review' and source ->> 'kind' = 'admin')
  then
    perform ticketing.issue_order(bought, false, source, moment);
    outcome := 'issued';
  elsif bought.status in ('expired', 'cancelled') then
    -- Its places are gone and nothing was paid: nothing is owed.
    outcome := 'released';
  elsif bought.status = 'needs_review' then
    outcome := 'needs_review';
    reason := bought.reason;
  else
    outcome := 'replayed';
  end if;
end
$$;

revoke execute on function ticketing.complete_without_payment from public;
