-- The sink has this message; what it is owed next is looked at anew. `lost` where its lease went to another worker.
-- Durable.
create or replace function venuekit.finish_alert(
  sink text, fingerprint text, worker text, news text, episode integer, amount integer
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  update venuekit.alert_deliveries d
  set told = case finish_alert.news when 'resolved' then 'resolved' else 'raised' end,
    told_at = case finish_alert.news when 'resolved' then d.told_at else moment end,
    told_episode = finish_alert.episode, told_amount = finish_alert.amount, owed = true, due_at = moment, tries = 0,
    leased_by = null, leased_until = null, last_error = null
  where d.sink = finish_alert.sink and d.fingerprint = finish_alert.fingerprint and d.leased_by = finish_alert.worker;
  if not found then
    return jsonb_build_object('outcome', 'lost');
  end if;
  update venuekit.alert_sinks s set failures = 0, retry_at = null, failing_since = null, last_error = null
  where s.sink = finish_alert.sink and s.failures > 0;
  return jsonb_build_object('outcome', 'sent');
end
$$;

revoke execute on function venuekit.finish_alert from public;
grant execute on function venuekit.finish_alert to venuekit_app;
