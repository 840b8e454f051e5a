-- Ties a session to the attempt that it names where their tie was lost: the process died between the gateway's answer
-- and `attach_checkout`. Only the gateway's own word, refetched, brings a session here.
create or replace function ticketing.adopt_session(bought ticketing.orders, payment jsonb, moment timestamptz) returns void
language sql volatile security definer set search_path = ''
as $$
  update ticketing.attempts a
  set session_id = adopt_session.payment ->> 'sessionId', attached_at = adopt_session.moment,
    status = case a.status when 'begun' then 'attached' else a.status end
  where a.event_id = bought.event_id and a.order_id = bought.order_id
    and a.attempt_id = (adopt_session.payment ->> 'attemptId')::uuid
    and a.account = adopt_session.payment ->> 'account' and a.session_id is null
    and adopt_session.payment ->> 'sessionId' is not null
$$;

revoke execute on function ticketing.adopt_session from public;
