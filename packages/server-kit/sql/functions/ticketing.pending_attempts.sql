-- Sessions of orders that wait for a delayed payment, whenever they were made, that the run has not dealt with yet.
create or replace function ticketing.pending_attempts(run_id uuid, account text, mode text, max_attempts integer) returns jsonb
language sql volatile security definer set search_path = ''
as $$
  select jsonb_build_object('attempts', coalesce(
    jsonb_agg(ticketing.attempt_json(d.attempt) order by (d.attempt).begun_at, (d.attempt).attempt_id), '[]'))
  from (
    select a as attempt
    from ticketing.orders o
    join ticketing.attempts a on a.event_id = o.event_id and a.order_id = o.order_id
    where o.status = 'payment_pending' and a.status = 'attached' and a.account = pending_attempts.account and a.mode = pending_attempts.mode
      and not exists (
        select from venuekit.reconciliation_marks m
        where m.run_id = pending_attempts.run_id and m.subject = 'attempt:' || a.attempt_id
      )
    order by a.begun_at, a.attempt_id
    limit pending_attempts.max_attempts
  ) d
$$;

revoke execute on function ticketing.pending_attempts from public;
grant execute on function ticketing.pending_attempts to venuekit_app;
