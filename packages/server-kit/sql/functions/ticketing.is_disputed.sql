-- Whether a buyer's bank holds the money of this payment: then nothing is refunded on top.
create or replace function ticketing.is_disputed(event_id uuid, payment_id uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (
    select from ticketing.disputes d
    where d.event_id = is_disputed.event_id and d.payment_id = is_disputed.payment_id and d.state in ('open', 'lost')
  )
$$;

revoke execute on function ticketing.is_disputed from public;
