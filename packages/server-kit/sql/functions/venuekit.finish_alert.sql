-- The sink has it. `lost` where it opened anew meanwhile, or its lease went to another worker. Durable.
create or replace function venuekit.finish_alert(fingerprint text, worker text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  update venuekit.alerts a set sent_at = moment, leased_by = null, leased_until = null
  where a.fingerprint = finish_alert.fingerprint and a.leased_by = finish_alert.worker and a.sent_at is null;
  return jsonb_build_object('outcome', case when found then 'sent' else 'lost' end);
end
$$;

revoke execute on function venuekit.finish_alert from public;
grant execute on function venuekit.finish_alert to venuekit_app;
