-- Durable. The gateway has no refund that carries our id, and may have forgotten the key: it is sent anew, and the 23
-- hours count from now. Refused where the worker has lost its lease or the refund went on meanwhile.
create or replace function ticketing.restart_refund(
  event_id uuid, order_id uuid, refund_id uuid, worker text
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  update ticketing.refunds r set first_sent_at = moment
  where r.event_id = restart_refund.event_id and r.order_id = restart_refund.order_id
    and r.refund_id = restart_refund.refund_id and r.status = 'unknown'
    and r.gateway_refund_id is null and r.leased_by = restart_refund.worker and r.next_try_at > moment;
  return jsonb_build_object('maySend', found);
end
$$;

revoke execute on function ticketing.restart_refund from public;
grant execute on function ticketing.restart_refund to venuekit_app;
