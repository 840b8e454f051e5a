-- Keeps a paid session whose order is not here. `waiting` for 15 minutes, in case the order's own commit is on its way;
-- `due` after that: then it is told and falls under the refund policy. Durable.
create or replace function venuekit.keep_orphan(
  account text, session_id text, payment_intent_id text, event_id uuid, order_id uuid, amount_minor bigint, currency text
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  kept venuekit.orphan_payments;
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  insert into venuekit.orphan_payments as p (
    account, session_id, payment_intent_id, event_id, order_id, amount_minor, currency, first_seen_at, due_at
  ) values (
    keep_orphan.account, keep_orphan.session_id, keep_orphan.payment_intent_id, keep_orphan.event_id,
    keep_orphan.order_id, keep_orphan.amount_minor, keep_orphan.currency, moment, moment + interval '15 minutes'
  )
  on conflict on constraint orphan_payments_key do nothing;
  select p.* into kept from venuekit.orphan_payments p
  where p.account = keep_orphan.account and p.session_id = keep_orphan.session_id;
  return jsonb_build_object(
    'status', case
      when kept.status = 'waiting' and kept.first_seen_at <= moment - interval '15 minutes' then 'due'
      else kept.status
    end,
    'firstSeenAt', venuekit.iso(kept.first_seen_at), 'refundId', venuekit.orphan_refund_id(kept.account, kept.session_id));
end
$$;

revoke execute on function venuekit.keep_orphan from public;
grant execute on function venuekit.keep_orphan to venuekit_app;
