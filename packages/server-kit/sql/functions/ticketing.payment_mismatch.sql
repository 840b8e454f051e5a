-- Why a new payment may not be applied to its order; null where everything agrees.
create or replace function ticketing.payment_mismatch(bought ticketing.orders, payment jsonb) returns text
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  attempt ticketing.attempts;
begin
  if payment_mismatch.payment ->> 'kind' = 'gateway' then
    select a.* into attempt from ticketing.attempts a
    where a.event_id = bought.event_id and a.order_id = bought.order_id
      and a.account = payment_mismatch.payment ->> 'account'
      and (a.session_id = payment_mismatch.payment ->> 'sessionId'
        or a.payment_intent_id = payment_mismatch.payment ->> 'paymentIntentId')
    limit 1;
    if not found then
      return 'no_attempt_of_this_order';
    elsif attempt.mode <> payment_mismatch.payment ->> 'mode' then
      return 'mode_differs';
    end if;
  end if;
  if bought.currency <> payment_mismatch.payment ->> 'currency' then
    return 'currency_differs';
  elsif bought.total_minor <> (payment_mismatch.payment ->> 'amountMinor')::bigint then
    return 'amount_differs';
  elsif bought.total_minor is distinct from (
    select sum(i.total_minor) from ticketing.order_items i
    where i.event_id = bought.event_id and i.order_id = bought.order_id
  ) then
    -- Lines are lost: it would be called fulfilled with fewer tickets than were paid for.
    return 'lines_differ';
  end if;
  return null;
end
$$;

revoke execute on function ticketing.payment_mismatch from public;
