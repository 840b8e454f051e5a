-- Counts the failure and sets the next try: 15 s, doubling up to 4 min, dead after 12 tries (about 35 minutes). An outage
-- of what the work needs is not the event's fault: for three days it costs no try, and the next one comes the later the
-- longer the event waits, up to 4 min. Answers how it stands: `done` where another delivery did the work meanwhile.
create or replace function venuekit.fail_webhook(
  account text, gateway_event_id text, error text, is_outage boolean
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  update venuekit.webhooks w
  set tries = w.tries + j.tried, last_error = left(fail_webhook.error, 2000),
    next_try_at = moment + case j.tried
      when 0 then least(greatest((moment - w.received_at) / 4, interval '15 seconds'), interval '4 minutes')
      else least(15 * 2 ^ w.tries, 240) * interval '1 second'
    end,
    status = case when w.tries + j.tried >= 12 then 'dead' else 'pending' end,
    finished_at = case when w.tries + j.tried >= 12 then moment end
  from (
    select case when fail_webhook.is_outage and f.received_at > moment - interval '3 days' then 0 else 1 end as tried
    from venuekit.webhooks f
    where f.account = fail_webhook.account and f.gateway_event_id = fail_webhook.gateway_event_id
  ) j
  where w.account = fail_webhook.account and w.gateway_event_id = fail_webhook.gateway_event_id
    and w.status = 'pending';
  return (
    select jsonb_build_object('status', w.status)
    from venuekit.webhooks w
    where w.account = fail_webhook.account and w.gateway_event_id = fail_webhook.gateway_event_id
  );
end
$$;

revoke execute on function venuekit.fail_webhook from public;
grant execute on function venuekit.fail_webhook to venuekit_app;
