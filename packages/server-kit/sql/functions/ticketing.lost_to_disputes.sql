-- What buyers' banks took back for good from a payment.
create or replace function ticketing.lost_to_disputes(event_id uuid, payment_id uuid) returns bigint
language sql stable security definer set search_path = ''
as $$
  select coalesce(sum(d.counted_minor), 0)::bigint from ticketing.disputes d
  where d.event_id = lost_to_disputes.event_id and d.payment_id = lost_to_disputes.payment_id and d.state = 'lost'
$$;

revoke execute on function ticketing.lost_to_disputes from public;
