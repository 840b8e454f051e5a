-- What becomes of a refund that the gateway has ended unpaid; the caller has undone it and holds the order's lock. Where
-- a dispute was lost the bank has paid instead. One that an admin asked for, or that was made at the gateway, stays
-- failed; what the kit would have sent had it not been spoken for is owed again. One that the kit owes by itself is asked
-- for anew, under another id, for the gateway keeps the old one's answer: after 10 minutes, then four times as long each,
-- a day at most; the sixth that fails waits for a person. Row and end of the old one commit together, so that no crash
-- makes two.
create or replace function ticketing.follow_failed_refund(refund ticketing.refunds, moment timestamptz) returns text
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  bought ticketing.orders;
  failed ticketing.refunds;
  paid ticketing.payments;
  wanted ticketing.refunds;
  tickets uuid[] := ticketing.refunded_tickets(refund.event_id, refund.order_id, refund.refund_id);
  failures integer;
begin
  select r.* into failed from ticketing.refunds r
  where r.event_id = refund.event_id and r.order_id = refund.order_id and r.refund_id = refund.refund_id;
  select p.* into paid from ticketing.payments p
  where p.event_id = refund.event_id and p.order_id = refund.order_id and p.payment_id = refund.payment_id;
  if ticketing.lost_to_disputes(paid.event_id, paid.payment_id) > 0 then
    perform ticketing.settle_lost_payment(paid, tickets, moment);
    return failed.status;
  end if;
  if failed.origin not in ('automatic', 'mass') then
    -- Unless a person is waited for.
    if not exists (
      select from ticketing.refunds r
      where r.event_id = paid.event_id and r.order_id = paid.order_id and r.payment_id = paid.payment_id
        and r.status = 'needs_review'
    ) then
      select o.* into bought from ticketing.orders o
      where o.event_id = refund.event_id and o.order_id = refund.order_id;
      perform ticketing.refund_rest(bought, paid.payment_id, moment);
    end if;
    return failed.status;
  end if;
  wanted.amount_minor := least(
    failed.amount_minor, paid.amount_minor - paid.refunded_minor - paid.refund_reserved_minor);
  if wanted.amount_minor = 0 or paid.status not in ('applied', 'surplus', 'refund_due') then
    return failed.status;
  end if;

  select count(*) into failures from ticketing.refunds r
  where r.event_id = paid.event_id and r.order_id = paid.order_id and r.payment_id = paid.payment_id
    and r.origin = failed.origin
    and (r.status = 'failed' or (r.status = 'cancelled' and r.gateway_refund_id is not null));
  if failures >= 6 then
    update ticketing.refunds r set status = 'needs_review'
    where r.event_id = failed.event_id and r.order_id = failed.order_id and r.refund_id = failed.refund_id;
    return 'needs_review';
  end if;
  wanted.refund_id := venuekit.digest_uuid(
    'refund again'::bytea || uuid_send(failed.event_id) || uuid_send(failed.refund_id));
  wanted.origin := failed.origin;
  wanted.actor := failed.actor;
  wanted.reason := failed.reason;
  wanted := ticketing.open_refund(paid, wanted, tickets, moment);
  -- The buyer's mail told of the money, not of the try.
  update ticketing.refunds r
  set next_try_at = moment + least(10 * 4 ^ (failures - 1), 1440) * interval '1 minute',
    message_version = failed.message_version
  where r.event_id = wanted.event_id and r.order_id = wanted.order_id and r.refund_id = wanted.refund_id;
  return 'retried';
end
$$;

revoke execute on function ticketing.follow_failed_refund from public;
