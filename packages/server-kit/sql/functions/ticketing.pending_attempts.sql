-- Sessions whose payment was under way, that the run has not dealt with yet: of orders that wait for it, whenever they
-- were made, and of those that stopped waiting in the last 30 days, since its news may be lost when it comes after all.
create or replace function ticketing.pending_attempts(run_id uuid, account text, mode text, max_attempts integer) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  return jsonb_build_object('attempts', coalesce((
    select jsonb_agg(ticketing.attempt_json(d.attempt))
    from (
      select c.attempt
      from (
        select a as attempt
        from ticketing.orders o
        join ticketing.attempts a on a.event_id = o.event_id and a.order_id = o.order_id
        where o.status = 'payment_pending' and a.status = 'attached'
        union all
        select a as attempt
        from ticketing.attempts a
        join ticketing.orders o on o.event_id = a.event_id and o.order_id = a.order_id
        where a.close_reason in ('pending_too_long', 'event_cancelled') and a.closed_at > moment - interval '30 days'
          and o.status = 'expired'
      ) c
      where (c.attempt).account = pending_attempts.account and (c.attempt).mode = pending_attempts.mode
        and not exists (
          select from venuekit.reconciliation_marks m
          where m.run_id = pending_attempts.run_id and m.subject = 'attempt:' || (c.attempt).attempt_id
        )
      order by (c.attempt).begun_at, (c.attempt).attempt_id
      limit pending_attempts.max_attempts
    ) d
  ), '[]'));
end
$$;

revoke execute on function ticketing.pending_attempts from public;
grant execute on function ticketing.pending_attempts to venuekit_app;
