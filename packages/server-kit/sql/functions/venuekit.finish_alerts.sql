-- The sink has one message: of these alerts, a list of {fingerprint, episode, amount}. What it is owed next of them is
-- looked at anew. `lost` where their lease went to another worker. Durable.
create or replace function venuekit.finish_alerts(sink text, worker text, news text, alerts jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  update venuekit.alert_deliveries d
  set told = case finish_alerts.news when 'resolved' then 'resolved' else 'raised' end,
    told_at = case finish_alerts.news when 'resolved' then d.told_at else moment end, sent_at = moment,
    told_episode = t.episode, told_amount = t.amount, owed = true, due_at = moment, tries = 0,
    leased_by = null, leased_until = null, last_error = null
  from jsonb_to_recordset(finish_alerts.alerts) as t (fingerprint text, episode integer, amount integer)
  where d.sink = finish_alerts.sink and d.fingerprint = t.fingerprint and d.leased_by = finish_alerts.worker;
  if not found then
    return jsonb_build_object('outcome', 'lost');
  end if;
  update venuekit.alert_sinks s set failures = 0, retry_at = null, failing_since = null, last_error = null
  where s.sink = finish_alerts.sink and s.failures > 0;
  return jsonb_build_object('outcome', 'sent');
end
$$;

revoke execute on function venuekit.finish_alerts from public;
grant execute on function venuekit.finish_alerts to venuekit_app;
