-- Disputes that are not over, half a year back at most, and that the run has not dealt with yet, oldest first.
create or replace function ticketing.disputes_to_confirm(
  run_id uuid, account text, mode text, window_from timestamptz, max_disputes integer
) returns jsonb
language sql volatile security definer set search_path = ''
as $$
  select jsonb_build_object('disputes', coalesce(jsonb_agg(jsonb_build_object(
    'eventId', d.event_id, 'orderId', d.order_id, 'gatewayDisputeId', d.gateway_dispute_id, 'status', d.status,
    'amountMinor', d.amount_minor)), '[]'))
  from (
    select d.* from ticketing.disputes d
    join ticketing.payments p
      on p.event_id = d.event_id and p.order_id = d.order_id and p.payment_id = d.payment_id
    where p.account = disputes_to_confirm.account and p.mode = disputes_to_confirm.mode and d.closed_at is null
      and d.status not in ('warning_closed', 'prevented')
      and d.opened_at >= disputes_to_confirm.window_from - interval '180 days'
      and not exists (
        select from venuekit.reconciliation_marks m
        where m.run_id = disputes_to_confirm.run_id and m.subject = 'dispute:' || d.gateway_dispute_id
      )
    order by d.opened_at, d.gateway_dispute_id
    limit disputes_to_confirm.max_disputes
  ) d
$$;

revoke execute on function ticketing.disputes_to_confirm from public;
grant execute on function ticketing.disputes_to_confirm to venuekit_app;
