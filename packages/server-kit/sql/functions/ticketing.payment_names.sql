-- Under which names a payment is unique worldwide: its session and intent at the gateway, or else its own id.
create or replace function ticketing.payment_names(payment jsonb) returns table (account text, object_id text)
language sql immutable security definer set search_path = ''
as $$
  select n.account, n.object_id
  from (values
    (payment ->> 'account', payment ->> 'sessionId'),
    (payment ->> 'account', payment ->> 'paymentIntentId'),
    (case when payment ->> 'kind' = 'external' then 'external' end, payment ->> 'paymentId')
  ) as n (account, object_id)
  where n.account is not null and n.object_id is not null
$$;

revoke execute on function ticketing.payment_names from public;
