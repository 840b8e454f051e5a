-- An attempt in the port's shape. Whatever its row says, its number is one: it stands in lists beside others.
create or replace function ticketing.attempt_json(attempt ticketing.attempts) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'attemptId', attempt.attempt_id, 'orderId', attempt.order_id, 'eventId', attempt.event_id,
    'status', attempt.status, 'ui', attempt.ui, 'params', attempt.params,
    'expiresAt', extract(epoch from least(greatest(attempt.expires_at, 'epoch'), '9999-12-31'))::bigint, 'begunAt', venuekit.iso(attempt.begun_at),
    'sessionId', attempt.session_id, 'url', attempt.url, 'clientSecret', attempt.client_secret)
$$;

revoke execute on function ticketing.attempt_json from public;
